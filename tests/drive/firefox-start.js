// Owns what Firefox makes of itself at a profile's first start, and would make anew for each of the tests' profiles: kept from one for the next.
import { createHash } from 'node:crypto';
import { cp, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** What it has compiled and read of its own files, and of which build they are: it takes nothing of another one. With them a start of Firefox 153 takes a quarter less. */
const PARTS = ['startupCache', 'compatibility.ini'];

/** What it knows of extensions: one that is in there was installed before, and is told of no installation. */
const OF_EXTENSIONS = 'webext.sc.lz4';

const KEPT = path.resolve(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'tiers-firefox-start');

/**
 * Gives a profile that Firefox has not started on yet what another one was left with; nothing where there is none.
 * @param {string} binary
 * @param {string} profile
 */
export async function takeStart(binary, profile) {
  const kept = await folderOf(binary);
  if (!(await isThere(kept)) || (await isThere(path.join(profile, 'compatibility.ini')))) return;
  await copyParts(kept, profile);
}

/**
 * Keeps for other profiles what Firefox, which has ended in its own time, left in this one; the first that was kept stays.
 * @param {string} binary
 * @param {string} profile
 */
export async function keepStart(binary, profile) {
  const kept = await folderOf(binary);
  const isWhole = (await Promise.all(PARTS.map((part) => isThere(path.join(profile, part))))).every(Boolean);
  if (!isWhole || (await isThere(kept))) return;
  const beside = `${kept}-${process.pid}`;
  await copyParts(profile, beside);
  // Another test file may have been sooner.
  await rename(beside, kept).catch(() => rm(beside, { recursive: true }));
}

/** Another build of Firefox has another one. @param {string} binary */
async function folderOf(binary) {
  const file = await realpath(binary);
  const { mtimeMs, size } = await stat(file);
  return path.join(KEPT, createHash('sha256').update(`${file} ${mtimeMs} ${size}`).digest('hex').slice(0, 16));
}

/** @param {string} from @param {string} to */
async function copyParts(from, to) {
  await mkdir(to, { recursive: true });
  const filter = (/** @type {string} */ file) => path.basename(file) !== OF_EXTENSIONS;
  for (const part of PARTS) await cp(path.join(from, part), path.join(to, part), { recursive: true, filter });
}

/** @param {string} place */
function isThere(place) {
  return stat(place).then(
    () => true,
    () => false,
  );
}
