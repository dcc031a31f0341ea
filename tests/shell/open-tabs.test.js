// Proves what is taken over of the pages that were open first.
import { answers, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { documentAdopted, documentCommitted } from '../../extension/document-steps.js';
import { Inbox, SETTLE_MS } from '../../extension/inbox.js';
import { OpenTabs, outermostFirst } from '../../extension/open-tabs.js';
import { PrivateTabs } from '../../extension/private-tabs.js';

const top = { frameId: 0, parentFrameId: -1, url: 'https://a.test/', documentId: 'A', documentLifecycle: 'active' };
const frame = { frameId: 6, parentFrameId: 0, url: 'https://ads.test/', documentId: 'B', parentDocumentId: 'A' };
const inner = { frameId: 9, parentFrameId: 6, url: 'about:srcdoc', documentId: 'C', parentDocumentId: 'B' };
const prerendered = { ...top, frameId: 8, documentId: 'P', documentLifecycle: 'prerender' };

function bench() {
  /** @type {any[]} */
  const adopted = [];
  /** @type {number[][]} */
  const tabsTold = [];
  const observe = (/** @type {unknown} */ step, /** @type {any} */ details) => {
    if (step === documentAdopted) adopted.push(details);
    else tabsTold.push(details.tabIds);
  };
  const privateTabs = new PrivateTabs();
  const openTabs = new OpenTabs({ observe }, privateTabs);
  return { adopted, tabsTold, openTabs, privateTabs };
}

beforeEach(resetBrowser);

test('Frames come after the one that holds them, and a prerendered page is none of them', () => {
  assert.deepEqual(
    outermostFirst([inner, prerendered, frame, top]).map(({ documentId }) => documentId),
    ['A', 'B', 'C'],
  );
});

test('The tabs that are open are told of, and then every document of each', async () => {
  const { adopted, tabsTold, openTabs, privateTabs } = bench();
  answers['tabs.query'] = () => [
    { id: 1, incognito: false },
    { id: 2, incognito: true },
    { id: 3, incognito: false },
  ];
  answers['webNavigation.getAllFrames'] = ({ tabId }) =>
    tabId === 3 ? null : tabId === 1 ? [frame, top] : [{ ...top, documentId: 'Z' }];
  await openTabs.adopt();
  assert.deepEqual(
    adopted.map(({ documentId, tabId, isPrivate }) => [documentId, tabId, isPrivate]),
    [
      ['A', 1, false],
      ['B', 1, false],
      ['Z', 2, true],
    ],
  );
  assert.deepEqual(tabsTold, [[1, 2, 3]]);
  assert.equal(privateTabs.has(2), true);
});

test('A tab that went on while it was asked for is not given its page before, nor is a document told twice', async () => {
  const { adopted, openTabs } = bench();
  answers['tabs.query'] = () => [
    { id: 1, incognito: false },
    { id: 2, incognito: false },
  ];
  answers['webNavigation.getAllFrames'] = ({ tabId }) => {
    if (tabId === 1) openTabs.noteCommit({ ...top, documentId: 'N', tabId: 1, timeStamp: 1 });
    else openTabs.noteCommit({ ...frame, tabId: 2, timeStamp: 1 });
    return [top, frame];
  };
  await openTabs.adopt();
  assert.deepEqual(
    adopted.map(({ documentId, tabId }) => [documentId, tabId]),
    [['A', 2]],
  );
});

test('A tab that went on while it was asked for twice is not given its page before by the answer that comes last', async () => {
  const { adopted, openTabs } = bench();
  answers['tabs.query'] = () => [{ id: 1, incognito: false }];
  /** @type {((frames: unknown) => void)[]} */
  const held = [];
  answers['webNavigation.getAllFrames'] = () => new Promise((resolve) => void held.push(resolve));
  const looks = [openTabs.adopt(), openTabs.adopt()];
  while (held.length < looks.length) await Promise.resolve();
  openTabs.noteCommit({ ...top, documentId: 'NEXT', tabId: 1, timeStamp: 1 });
  for (const [at, look] of looks.entries()) {
    held[at]?.([top]);
    await look;
  }
  assert.deepEqual(adopted, []);
});

test('A discarded tab has no documents to adopt', async () => {
  const { adopted, openTabs } = bench();
  answers['tabs.query'] = () => [
    { id: 1, incognito: false, discarded: true },
    { id: 2, incognito: false },
  ];
  answers['webNavigation.getAllFrames'] = () => [top];
  await openTabs.adopt();
  assert.deepEqual(
    adopted.map(({ tabId }) => tabId),
    [2],
  );
});

test('A page to which a tab went while it was asked for comes after the one that the answer names', async (t) => {
  t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: 1000 });
  /** @type {string[]} */
  const delivered = [];
  const inbox = new Inbox((_step, details) => {
    if (details.documentId) delivered.push(details.documentId);
  }, 1000);
  const openTabs = new OpenTabs({ observe: (step, details) => inbox.push(step, details) }, new PrivateTabs());
  inbox.open();
  answers['tabs.query'] = () => [{ id: 1, incognito: false }];
  answers['webNavigation.getAllFrames'] = () => {
    // The browser answers, goes on, and the commit is told before the answer is read; the inbox still waits for older events.
    t.mock.timers.tick(3);
    inbox.push(documentCommitted, { ...top, documentId: 'NEXT', tabId: 1, timeStamp: 1003 });
    t.mock.timers.tick(3);
    return [top];
  };
  await openTabs.adopt();
  t.mock.timers.tick(SETTLE_MS);
  assert.deepEqual(delivered, ['A', 'NEXT']);
});
