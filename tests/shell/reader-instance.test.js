// Proves that a reader that once did not load can be asked for again.
import './fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readerModule } from '../../extension/reader-instance.js';
import { standIn } from './stand-ins.js';

standIn({
  './core/reader.js': 'export default async () => globalThis.startWasm();',
  './core/reader-embedded.js': "export const wasmBase64 = '';",
});

test('A reader that does not load is forgotten, so that the next click tries again, and one that does is kept', async () => {
  let starts = 0;
  /** @type {any} */ (globalThis).startWasm = () => {
    starts += 1;
    if (starts === 1) throw new RangeError('out of memory');
  };
  const [first, meanwhile] = [readerModule(), readerModule()];
  await assert.rejects(first, /out of memory/);
  await assert.rejects(meanwhile, /out of memory/);
  assert.equal(starts, 1);
  const loaded = await readerModule();
  assert.equal(await readerModule(), loaded);
  assert.equal(starts, 2);
});
