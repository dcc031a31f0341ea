// Proves that what Firefox's parser asks for twice is known the second time, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AskedInVain } from '../../extension/asked-in-vain.js';

/** The key of the host. */
const HOST = 5;
const keys = { host: () => HOST };

const ahead = {
  requestId: '7',
  url: 'https://blocked.test/1.gif',
  type: 'image',
  tabId: 3,
  frameId: 0,
  timeStamp: 1,
  documentId: 'D1',
  incognito: false,
};

test('What the parser asked for in vain is asked again once, and then it is another request', () => {
  const asked = new AskedInVain();
  assert.equal(asked.isAskedAgain(ahead, HOST), false);
  asked.note(ahead, keys);
  assert.equal(asked.isAskedAgain({ ...ahead, requestId: '8' }, HOST), true);
  assert.equal(asked.isAskedAgain({ ...ahead, requestId: '9' }, HOST), false);
});

test('Another document, another address or another kind of request is another request', () => {
  const asked = new AskedInVain();
  asked.note(ahead, keys);
  assert.equal(asked.isAskedAgain({ ...ahead, documentId: 'D2' }, HOST), false);
  assert.equal(asked.isAskedAgain({ ...ahead, url: 'https://blocked.test/2.gif' }, HOST), false);
  assert.equal(asked.isAskedAgain({ ...ahead, type: 'xmlhttprequest' }, HOST), false);
  assert.equal(asked.isAskedAgain(ahead, HOST + 1), false);
});

test('What a script asks for, and whatever Chromium reports, is never taken for a second time', () => {
  const asked = new AskedInVain();
  const { incognito: _, ...chromium } = ahead;
  for (const details of [chromium, { ...ahead, type: 'xmlhttprequest' }]) {
    asked.note(details, keys);
    assert.equal(asked.isAskedAgain(details, HOST), false);
  }
});

test('No more is remembered than a page of many blocked requests needs, the last of them', () => {
  const asked = new AskedInVain();
  const numbered = (/** @type {number} */ at) => ({ ...ahead, url: `https://blocked.test/${at}.gif` });
  for (let at = 0; at < 1000; at += 1) asked.note(numbered(at), keys);
  assert.equal(asked.isAskedAgain(numbered(0), HOST), false);
  assert.equal(asked.isAskedAgain(numbered(999), HOST), true);
});

test('What failed at one host is found by its address and document, and each is asked again by itself', () => {
  const asked = new AskedInVain();
  const [other, elsewhere] = [
    { ...ahead, url: 'https://blocked.test/2.gif' },
    { ...ahead, documentId: 'D2' },
  ];
  for (const details of [ahead, other, elsewhere]) asked.note(details, keys);
  asked.note({ ...other, requestId: '8' }, keys);
  assert.equal(asked.isAskedAgain(other, HOST), true);
  assert.equal(asked.isAskedAgain(other, HOST), false, 'one that failed twice is remembered once');
  assert.equal(asked.isAskedAgain(ahead, HOST), true);
  assert.equal(asked.isAskedAgain(elsewhere, HOST), true);
  assert.equal(asked.isAskedAgain(elsewhere, HOST), false);
});

test('What is remembered is bounded over all hosts, and the oldest goes first', () => {
  const asked = new AskedInVain();
  const numbered = (/** @type {number} */ at) => ({ ...ahead, url: `https://h${at}.test/1.gif` });
  const keyOf = (/** @type {number} */ at) => ({ host: () => at });
  for (let at = 0; at < 300; at += 1) asked.note(numbered(at), keyOf(at));
  const known = Array.from({ length: 300 }, (_, at) => at).filter((at) => asked.isAskedAgain(numbered(at), at));
  assert.deepEqual(
    known,
    Array.from({ length: 256 }, (_, at) => at + 44),
  );
});
