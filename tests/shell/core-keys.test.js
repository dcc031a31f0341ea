// Proves that names cross into the core once, that keys are the right ones, and that what is kept of them is bounded.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CoreKeys } from '../../extension/core-keys.js';

const FRAME = { tabId: 3, frameId: 0 };

/** A core that numbers names in the order in which they come, and keeps what crossed. */
class NumberingCore {
  /** @type {Map<string, number>} */
  #numbers = new Map();
  /** @type {string[]} */
  crossed = [];

  typeCode = (/** @type {string} */ name) => this.#cross(`type ${name}`);
  hostKey = (/** @type {string} */ host) => this.#cross(`host ${host}`);
  documentKey = (/** @type {string} */ id, /** @type {string} */ parentId) =>
    this.#cross(`document ${id}`, `document ${id} in ${parentId}`);

  /** @param {string} name */
  numberOf(name) {
    return this.#numbers.get(name);
  }

  /** @param {string} name @param {string} said */
  #cross(name, said = name) {
    this.crossed.push(said);
    const number = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }
}

function start() {
  const core = new NumberingCore();
  const keys = new CoreKeys(core);
  const document = (/** @type {string} */ id, parentId = '') => keys.document(id, parentId, '', FRAME, false, 0);
  return { core, keys, document };
}

test('A frame that asks under its parent and holds frames under none, in turn, crosses once', () => {
  const { core, document } = start();
  const got = Array.from({ length: 20 }, (_, at) => document('frame', at % 2 ? '' : 'page'));
  assert.deepEqual(new Set(got), new Set([core.numberOf('document frame')]));
  assert.deepEqual(core.crossed, ['document frame in page']);
});

test('A document whose parent is named later crosses once more, so that the core hears of it, and not again', () => {
  const { core, document } = start();
  for (let at = 0; at < 20; at += 1) {
    document('frame', at % 2 ? 'page' : '');
    // Another in between: the last one's shortcut does not serve.
    if (at > 9) document('page');
  }
  assert.deepEqual(core.crossed, ['document frame in ', 'document frame in page', 'document page in ']);
});

test('A document that the core has forgotten crosses again, and so does its parent', () => {
  const { core, keys, document } = start();
  document('frame', 'page');
  keys.newDocument('frame', '', '', FRAME, false, 0);
  document('frame', 'page');
  document('frame');
  assert.deepEqual(core.crossed, ['document frame in page', 'document frame in ', 'document frame in page']);
});

test('More documents than are kept still have their own keys, those from before included', () => {
  const { core, document } = start();
  for (let round = 0; round < 2; round += 1) {
    for (let at = 0; at < 1_300; at += 1) {
      const key = document(`d${at}`, at % 3 ? 'page' : '');
      assert.equal(key, core.numberOf(`document d${at}`));
    }
  }
});

test('More hosts than are kept still have their own keys, and only those that come again cross again', () => {
  const { core, keys } = start();
  const HOSTS = 16_384 + 100;
  const host = (/** @type {number} */ at) => keys.host(`https://h${at}.test/path`);
  for (let at = 0; at < HOSTS; at += 1) assert.equal(host(at), core.numberOf(`host h${at}.test`));
  assert.equal(core.crossed.length, HOSTS);
  assert.equal(host(HOSTS - 1), core.numberOf(`host h${HOSTS - 1}.test`));
  assert.equal(core.crossed.length, HOSTS, 'the latest are kept');
  assert.equal(host(0), core.numberOf('host h0.test'));
  assert.equal(core.crossed.length, HOSTS + 1, 'the first were forgotten: what is kept is bounded');
});
