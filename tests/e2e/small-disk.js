// Owns a disk that can be filled: a small file system in memory, mounted for one test file.
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const MB = 1 << 20;
const megabyte = new Uint8Array(MB);
/** Room for a profile and what the browser asks for beside it. */
const SIZE_MB = 256;
/** How often what the browser gives back is taken from it. */
const TAKE_AGAIN_MS = 50;

export class SmallDisk {
  #folder;
  /** What keeps it full. @type {{ stop: () => void, stopped: Promise<void> } | null} */
  #filling = null;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * Mounts one.
   * @returns {Promise<SmallDisk | string>} Why not, where it is not allowed.
   */
  static async mount() {
    if (process.platform !== 'linux') return 'a disk that can be filled is mounted on Linux only';
    const folder = await mkdtemp(path.join(os.tmpdir(), 'tiers-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder]);
      return new SmallDisk(folder);
    } catch (error) {
      await rmdir(folder);
      return `a disk that can be filled cannot be mounted here (it takes root): ${String(error)}`;
    }
  }

  /**
   * A folder on it for a browser's profile.
   * @returns {Promise<string>}
   */
  newProfile() {
    return mkdtemp(path.join(this.#folder, 'profile-'));
  }

  get #ballast() {
    return path.join(this.#folder, 'ballast');
  }

  /**
   * Fills it up to so much, once.
   * @param {number} leftMb
   */
  async fillBut(leftMb) {
    const { bavail, bsize } = await statfs(this.#folder);
    const file = await open(this.#ballast, 'a');
    try {
      for (let left = bavail * bsize - leftMb * MB; left > 0; left -= MB) await file.write(megabyte);
    } finally {
      await file.close();
    }
  }

  /** Fills it, and takes what the browser gives back, until it is emptied. */
  async fill() {
    await this.#takeAll();
    let isOver = false;
    const keepFull = async () => {
      while (!isOver) {
        await rest(TAKE_AGAIN_MS);
        await this.#takeAll();
      }
    };
    this.#filling = { stop: () => void (isOver = true), stopped: keepFull() };
  }

  async #takeAll() {
    const file = await open(this.#ballast, 'a');
    try {
      // The last write finds room for a part of it, and the one after that for nothing.
      for (;;) await file.write(megabyte);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  /** Gives the room back. */
  async empty() {
    this.#filling?.stop();
    await this.#filling?.stopped;
    this.#filling = null;
    await rm(this.#ballast, { force: true });
  }

  async unmount() {
    await this.empty();
    // Lazily: a process of the browser may take its time to go.
    await run('umount', ['--lazy', this.#folder]);
    await rmdir(this.#folder);
  }
}
