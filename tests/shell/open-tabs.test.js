// Proves what is taken over of the pages that were open first.
import { answers, resetBrowser } from './fake-browser.js';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { OpenTabs, outermostFirst } from '../../extension/open-tabs.js';
import { PrivateTabs } from '../../extension/private-tabs.js';

const top = { frameId: 0, parentFrameId: -1, url: 'https://a.test/', documentId: 'A', documentLifecycle: 'active' };
const frame = { frameId: 6, parentFrameId: 0, url: 'https://ads.test/', documentId: 'B', parentDocumentId: 'A' };
const inner = { frameId: 9, parentFrameId: 6, url: 'about:srcdoc', documentId: 'C', parentDocumentId: 'B' };
const prerendered = { ...top, frameId: 8, documentId: 'P', documentLifecycle: 'prerender' };

function bench() {
  /** @type {any[]} */
  const observed = [];
  const privateTabs = new PrivateTabs();
  const openTabs = new OpenTabs({ observe: (_step, details) => void observed.push(details) }, privateTabs);
  return { observed, openTabs, privateTabs };
}

beforeEach(resetBrowser);

test('Frames come after the one that holds them, and a prerendered page is none of them', () => {
  assert.deepEqual(
    outermostFirst([inner, prerendered, frame, top]).map(({ documentId }) => documentId),
    ['A', 'B', 'C'],
  );
});

test('Every document of every tab is adopted', async () => {
  const { observed, openTabs, privateTabs } = bench();
  answers['tabs.query'] = () => [
    { id: 1, incognito: false },
    { id: 2, incognito: true },
    { id: 3, incognito: false },
  ];
  answers['webNavigation.getAllFrames'] = ({ tabId }) =>
    tabId === 3 ? null : tabId === 1 ? [frame, top] : [{ ...top, documentId: 'Z' }];
  await openTabs.adopt();
  assert.deepEqual(
    observed.map(({ documentId, tabId, isPrivate }) => [documentId, tabId, isPrivate]),
    [
      ['A', 1, false],
      ['B', 1, false],
      ['Z', 2, true],
    ],
  );
  assert.equal(privateTabs.has(2), true);
});

test('A tab that went on while it was asked for is not given its page before, nor is a document told twice', async () => {
  const { observed, openTabs } = bench();
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
    observed.map(({ documentId, tabId }) => [documentId, tabId]),
    [['A', 2]],
  );
});

test('A discarded tab has no documents to adopt', async () => {
  const { observed, openTabs } = bench();
  answers['tabs.query'] = () => [
    { id: 1, incognito: false, discarded: true },
    { id: 2, incognito: false },
  ];
  answers['webNavigation.getAllFrames'] = () => [top];
  await openTabs.adopt();
  assert.deepEqual(
    observed.map(({ tabId }) => tabId),
    [2],
  );
});
