// Proves that no event is lost or passed by another, whatever the core is doing.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Inbox, MOST_WAITING, SETTLE_MS } from '../../extension/inbox.js';

const step = () => {};

test('Events that come before the core is ready are delivered in order, before those that come after', () => {
  /** @type {number[]} */
  const delivered = [];
  const inbox = new Inbox((_step, details) => delivered.push(details), 0);
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
  }, 0);
  for (const one of [1, 2, 3, 4]) inbox.push(step, one);
  inbox.open();
  assert.deepEqual(delivered, [1, 2]);
  inbox.push(step, 5);
  assert.equal(inbox.waiting, 3);
  inbox.open();
  assert.deepEqual(delivered, [1, 2, 3, 4, 5]);
});

test('Without any core to come nothing is gathered', () => {
  const inbox = new Inbox(() => assert.fail('delivered'), 0);
  inbox.push(step, 1);
  inbox.discard();
  inbox.push(step, 2);
  assert.equal(inbox.waiting, 0);
});

test('What waited is delivered in the order in which it happened, whatever the order in which the browser told it', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  /** @type {string[]} */
  const delivered = [];
  const inbox = new Inbox((_step, { name }) => delivered.push(name), 0);
  inbox.push(step, { name: 'first hop begins', timeStamp: 1 });
  inbox.push(step, { name: 'second hop begins', timeStamp: 3 });
  inbox.push(step, { name: 'first hop redirects', timeStamp: 2 });
  inbox.push(step, { name: 'tab goes', atMs: 4 });
  inbox.push(step, { name: 'told last', timeStamp: 4 });
  inbox.open();
  t.mock.timers.tick(SETTLE_MS);
  assert.deepEqual(delivered, [
    'first hop begins',
    'first hop redirects',
    'second hop begins',
    'tab goes',
    'told last',
  ]);
});

/** A background that began at 100, and what it was told so far. */
function woken() {
  /** @type {number[]} */
  const delivered = [];
  const inbox = new Inbox((_step, { timeStamp }) => delivered.push(timeStamp), 100);
  const tell = (/** @type {number} */ timeStamp) => inbox.push(step, { timeStamp });
  return { inbox, delivered, tell };
}

test('What happens now waits for what woke the background, which may be told later', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { inbox, delivered, tell } = woken();
  tell(97);
  inbox.open();
  tell(103);
  tell(98);
  tell(101);
  assert.deepEqual(delivered, [97, 98], 'what came before the background is told at once');
  t.mock.timers.tick(SETTLE_MS - 1);
  tell(99);
  t.mock.timers.tick(SETTLE_MS - 1);
  assert.deepEqual(delivered, [97, 98, 99]);
  t.mock.timers.tick(1);
  tell(104);
  assert.deepEqual(delivered, [97, 98, 99, 101, 103, 104]);
});

test('What happens now waits for what woke the background, though it is told first', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { inbox, delivered, tell } = woken();
  inbox.open();
  tell(103);
  t.mock.timers.tick(SETTLE_MS - 1);
  tell(98);
  t.mock.timers.tick(SETTLE_MS - 1);
  tell(101);
  assert.deepEqual(delivered, [98]);
  t.mock.timers.tick(1);
  assert.deepEqual(delivered, [98, 101, 103]);
});

test('Who asks waits until what woke the background is told, and not where the browser told nothing', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const quiet = woken();
  quiet.inbox.open();
  quiet.inbox.push(step, { atMs: 101, timeStamp: undefined });
  await quiet.inbox.settled();
  assert.equal(quiet.inbox.waiting, 0, 'what the shell itself found waits for nothing');
  for (const first of [99, 101]) {
    const { inbox, delivered, tell } = woken();
    inbox.open();
    tell(first);
    tell(102);
    const settled = inbox.settled().then(() => assert.deepEqual(delivered, [first, 102]));
    t.mock.timers.tick(SETTLE_MS);
    await settled;
  }
});

test('A clock that is set back lets nothing wait', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { inbox, delivered, tell } = woken();
  tell(99);
  inbox.open();
  t.mock.timers.tick(SETTLE_MS);
  for (const timeStamp of [101, 50, 102]) tell(timeStamp);
  assert.deepEqual(delivered, [99, 101, 50, 102]);
});

test('Once the background is settled, what comes while there is no core waits, and without any to come is dropped', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { inbox, delivered, tell } = woken();
  inbox.open();
  tell(101);
  t.mock.timers.tick(SETTLE_MS);
  inbox.close();
  tell(102);
  assert.deepEqual(delivered, [101]);
  inbox.open();
  tell(103);
  assert.deepEqual(delivered, [101, 102, 103]);
  inbox.discard();
  tell(104);
  assert.deepEqual(delivered, [101, 102, 103]);
  assert.equal(inbox.waiting, 0);
});

test('A core that does not come lets no more wait than a bound; what was dropped is told once what waited is delivered', () => {
  /** @type {(number | string)[]} */
  const delivered = [];
  const inbox = new Inbox(
    (_step, details) => delivered.push(details),
    0,
    (events) => delivered.push(`${events} dropped`),
  );
  for (let event = 0; event < MOST_WAITING + 3; event += 1) inbox.push(step, event);
  assert.equal(inbox.waiting, MOST_WAITING);
  inbox.open();
  assert.deepEqual(delivered.slice(-2), [MOST_WAITING - 1, '3 dropped']);
  inbox.push(step, 'after');
  inbox.open();
  assert.equal(delivered.at(-1), 'after');
});
