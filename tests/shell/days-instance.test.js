// Proves that the days' module is loaded when it is needed, again where that failed, and left where it trapped.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { StoreError } from '../../extension/database.js';
import { standIn } from './stand-ins.js';

standIn({
  './core/days.js': `
    const days = globalThis.daysStandIn;
    export default async ({ module_or_path }) => days.start(await module_or_path);
    export const __wbg_reset_state = () => days.resets += 1;
    export const foldDay = (...of) => days.fold(...of);
    export const [addToSum, dayWithout, packSpan, rebuildDay, rollupVisits, rollupWithoutSite] = [];`,
});

/** What the module does. @type {any} */
const standsIn = { resets: 0, started: [], start: (/** @type {unknown} */ wasm) => standsIn.started.push(wasm) };
Reflect.set(globalThis, 'daysStandIn', standsIn);

test('The module is not loaded before it is needed, tried again where it does not load, and then kept', async () => {
  /** @type {string[]} */
  const fetched = [];
  let isThere = false;
  globalThis.fetch = async (file) => {
    fetched.push(String(file));
    if (!isThere) throw new TypeError('no such file');
    return /** @type {any} */ ('the wasm');
  };
  const { days } = await import('../../extension/days-instance.js');
  assert.equal(fetched.length, 0);
  await assert.rejects(days.load(), (error) => error instanceof StoreError && error.kind === 'storeUnavailable');
  isThere = true;
  await Promise.all([days.load(), days.load()]);
  await days.load();
  assert.deepEqual([fetched.length, standsIn.started], [2, ['the wasm']]);
  assert.match(fetched[1] ?? '', /\/extension\/core\/days_bg\.wasm$/);
});

test('An instance that trapped is used no more, one that only refused what it was given is', async () => {
  const { days } = await import('../../extension/days-instance.js');
  const refusal = Object.assign(new Error('damaged'), { kind: 'visitDamaged' });
  standsIn.fold = () => {
    throw refusal;
  };
  assert.throws(() => days.foldDay(1, undefined, []), refusal);
  assert.equal(standsIn.resets, 0);
  standsIn.fold = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  assert.throws(() => days.foldDay(1, undefined, []), WebAssembly.RuntimeError);
  assert.equal(standsIn.resets, 1);
  standsIn.fold = (/** @type {number} */ day) => day;
  assert.equal(days.foldDay(7, undefined, []), 7);
});
