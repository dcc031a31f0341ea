// Proves what the core is told of the browsers' events of documents. The events are those that were seen, cut to what is read.
import './fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { documentAdopted, documentCommitted, navigationFailed } from '../../extension/document-steps.js';
import { bench } from './told-core.js';

const commit = {
  documentId: 'D1',
  url: 'https://www.news.test:8443/x',
  tabId: 3,
  frameId: 0,
  parentFrameId: -1,
  timeStamp: 2,
};

test('A commit tells where the document is, and whether it is shown where the browser says so', () => {
  const { told, target } = bench();
  documentCommitted(target, { ...commit, parentDocumentId: null });
  documentCommitted(target, { ...commit, documentLifecycle: 'active' });
  documentCommitted(target, { ...commit, documentLifecycle: 'prerender' });
  const framed = { frameId: 9, parentFrameId: 0, parentDocumentId: 'D0' };
  documentCommitted(target, { ...commit, ...framed, url: 'about:blank' });
  assert.deepEqual(told, [
    ['documentCommitted', 'D1', '', 3, 0, true, '', false, 'https', 'www.news.test', 2],
    ['documentCommitted', 'D1', '', 3, 0, true, 'active', false, 'https', 'www.news.test', 2],
    ['documentCommitted', 'D1', '', 3, 0, true, 'prerender', false, 'https', 'www.news.test', 2],
    ['documentCommitted', 'D1', 'D0', 3, 9, false, '', false, 'about', '', 2],
  ]);
});

test('A document in a private tab is private, although its event does not say so', () => {
  const { told, privateTabs, target } = bench();
  privateTabs.note(3, true);
  privateTabs.restore([7]);
  documentCommitted(target, commit);
  documentCommitted(target, { ...commit, tabId: 7 });
  documentCommitted(target, { ...commit, tabId: 8 });
  assert.deepEqual(
    told.map((call) => call[7]),
    [true, true, false],
  );
});

test('A page that did not come is told where the browser’s own is to be committed in its place, and else as that one', () => {
  const { told, target } = bench();
  navigationFailed(target, { ...commit, error: 'Error code 2152398878' });
  navigationFailed(target, { ...commit, error: 'Error code 2152398850' });
  navigationFailed(target, { ...commit, parentFrameId: 0, error: 'Error code 2152398878' });
  navigationFailed(target, { ...commit, documentLifecycle: 'active', error: 'net::ERR_ABORTED' });
  const unknown = { ...commit, error: 'net::ERR_NAME_NOT_RESOLVED' };
  navigationFailed(target, { ...unknown, documentLifecycle: 'active' });
  // A page that was to be prepared says nothing of the one to which its tab is on its way.
  navigationFailed(target, { ...unknown, documentLifecycle: 'prerender' });
  assert.deepEqual(told, [
    ['navigationFailed', 3, 'www.news.test', false, 2],
    ['navigationStopped', 3, 'www.news.test', 2],
    ['documentCommitted', 'D1', '', 3, 0, true, 'active', false, 'chrome-error', 'chromewebdata', 2],
    ['documentCommitted', 'D1', '', 3, 0, true, 'prerender', false, 'chrome-error', 'chromewebdata', 2],
  ]);
});

test('A navigation that came to no document is told as Chromium tells of it, for Firefox says the same before a commit', () => {
  const { told, target } = bench();
  navigationFailed(target, { ...commit, error: 'Error code 2152398850' });
  const aborted = { ...commit, documentLifecycle: 'active', error: 'net::ERR_ABORTED' };
  // The load of the page that is left is broken off; its address may be that of the page to come.
  navigationFailed(target, aborted);
  navigationFailed(target, { ...aborted, documentLifecycle: 'prerender', documentId: '0'.repeat(32) });
  assert.deepEqual(told, []);
  navigationFailed(target, { ...aborted, documentId: '0'.repeat(32) });
  assert.deepEqual(told, [['navigationStopped', 3, 'www.news.test', 2]]);
});

test('An adopted document without a holder is outermost', () => {
  const { told, target } = bench();
  const open = {
    documentId: 'D1',
    parentDocumentId: '',
    tabId: 3,
    frameId: 0,
    isPrivate: false,
    url: 'https://a.test/',
    atMs: 5,
  };
  documentAdopted(target, open);
  documentAdopted(target, { ...open, documentId: 'D2', parentDocumentId: 'D1' });
  assert.deepEqual(
    told.map((call) => call[5]),
    [true, false],
  );
});
