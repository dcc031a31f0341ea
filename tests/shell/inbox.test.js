// Proves that no event is lost or passed by another, whatever the core is doing.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Inbox } from '../../extension/inbox.js';

const step = () => {};

test('Events that come before the core is ready are delivered in order, before those that come after', () => {
  /** @type {number[]} */
  const delivered = [];
  const inbox = new Inbox((_step, details) => delivered.push(details));
  inbox.push(step, 1);
  inbox.push(step, 2);
  assert.deepEqual(delivered, []);
  inbox.open();
  inbox.push(step, 3);
  assert.deepEqual(delivered, [1, 2, 3]);
});

test('A core that fails halfway through what waited finds the rest, in order, before what came meanwhile', () => {
  /** @type {number[]} */
  const delivered = [];
  const inbox = new Inbox((_step, details) => {
    delivered.push(details);
    if (details === 2) inbox.close();
  });
  for (const one of [1, 2, 3, 4]) inbox.push(step, one);
  inbox.open();
  assert.deepEqual(delivered, [1, 2]);
  inbox.push(step, 5);
  assert.equal(inbox.waiting, 3);
  inbox.open();
  assert.deepEqual(delivered, [1, 2, 3, 4, 5]);
});

test('Without any core to come nothing is gathered', () => {
  const inbox = new Inbox(() => assert.fail('delivered'));
  inbox.push(step, 1);
  inbox.discard();
  inbox.push(step, 2);
  assert.equal(inbox.waiting, 0);
});

test('What waited is delivered in the order in which it happened, whatever the order in which the browser told it', () => {
  /** @type {string[]} */
  const delivered = [];
  const inbox = new Inbox((_step, { name }) => delivered.push(name));
  inbox.push(step, { name: 'first hop begins', timeStamp: 1 });
  inbox.push(step, { name: 'second hop begins', timeStamp: 3 });
  inbox.push(step, { name: 'first hop redirects', timeStamp: 2 });
  inbox.push(step, { name: 'tab goes', atMs: 4 });
  inbox.push(step, { name: 'told last', timeStamp: 4 });
  inbox.open();
  assert.deepEqual(delivered, [
    'first hop begins',
    'first hop redirects',
    'second hop begins',
    'tab goes',
    'told last',
  ]);
});
