// Owns the shell without the core: a variant of the built extension whose core has every export and does nothing.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a call gives where the shell needs more than a number. Code: it becomes part of the variant. @type {Record<string, string>} */
const RESULTS = {
  openVisits: '[]',
  badges: '[]',
  unsettledVisits: '[]',
  expired: '[0, 0]',
  answer: "{ kind: 'done' }",
  // What is stored and read again is as much as with the core: that is the store's work.
  commit: '{ visits: [], settings: null, deleted: { all: false, sites: [], visits: [], days: [] } }',
  live: 'new Uint8Array(LIVE_BYTES)',
};

/**
 * @param {import('./dist-variant.js').DistVariant} variant a copy of the built extension
 * @param {number} liveBytes size of the snapshot that the core would have written
 */
export async function takeCoreOut(variant, liveBytes) {
  const folder = 'extension/core';
  await variant.write('package.json', '{ "type": "module" }');
  for (const module of ['counter.js', 'days.js']) {
    /** @type {Record<string, unknown>} */
    const glue = await import(pathToFileURL(path.join(variant.folder, folder, module)).href);
    const exports = Object.entries(glue).map(([name, value]) => stubOf(name, value));
    const code = `// Owns nothing: a core that does nothing.\nconst LIVE_BYTES = ${liveBytes};\n${exports.join('\n')}\n`;
    await variant.write(`${folder}/${module}`, code);
  }
  await variant.write(`${folder}/counter-embedded.js`, "export const wasmBase64 = '';\n");
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {string}
 */
function stubOf(name, value) {
  if (typeof value !== 'function') return `export const ${name} = ${JSON.stringify(value)};`;
  if (name === 'default') return 'export default async function () {}';
  const { prototype } = value;
  if (!/^class\b/.test(String(value))) return `export function ${name}() { ${bodyOf(name)} }`;
  const statics = Object.getOwnPropertyNames(value).filter((key) => typeof Reflect.get(value, key) === 'function');
  const methods = Object.getOwnPropertyNames(prototype).filter((key) => key !== 'constructor');
  const members = [...statics.map((key) => `static ${key}() { ${bodyOf(key)} }`), ...methods.map(memberOf)];
  return `export class ${name} {\n  ${members.join('\n  ')}\n}`;
}

/** @param {string} key */
function memberOf(key) {
  return `${key}() { ${bodyOf(key)} }`;
}

/** @param {string} key */
function bodyOf(key) {
  // 1 says yes, and is a number that counts.
  return `return ${RESULTS[key] ?? 1};`;
}
