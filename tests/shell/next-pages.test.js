// Proves when who asks is taken for the page to come: by its address, and never where the page before has the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NextPages } from '../../extension/next-pages.js';

const request = { requestId: '7', type: 'main_frame', tabId: 3, frameId: 0, timeStamp: 1 };
const hint = { ...request, requestId: '8', type: 'script', url: 'https://third.test/' };

/** @param {string[]} urls to which the tab was asked to go, one after the other */
function pagesOf(...urls) {
  const pages = new NextPages();
  for (const [place, url] of urls.entries()) pages.note({ ...request, requestId: `${place}`, url });
  return pages;
}

test('Who has the address to which the tab was last asked to go is the page to come', () => {
  const pages = pagesOf('https://news.test/one', 'https://news.test/two');
  assert.equal(pages.isOfOne({ ...hint, documentUrl: 'https://news.test/two#part' }), true);
  assert.equal(pages.isOfOne({ ...hint, documentUrl: 'https://news.test/one' }), false);
  assert.equal(pages.isOfOne({ ...hint, documentUrl: 'https://news.test/two', tabId: 4 }), false);
  assert.equal(pages.isOfOne({ ...hint, documentUrl: 'https://news.test/two', frameId: 9 }), false);
  assert.equal(pages.isOfOne(hint), false);
});

test('Of a reload nobody can tell, and a redirect is no page before', () => {
  assert.equal(
    pagesOf('https://a.test/', 'https://a.test/').isOfOne({ ...hint, documentUrl: 'https://a.test/' }),
    false,
  );
  const pages = pagesOf('https://a.test/');
  pages.note({ ...request, requestId: '9', url: 'https://hop.test/' });
  pages.note({ ...request, requestId: '9', url: 'https://a.test/' });
  assert.equal(pages.isOfOne({ ...hint, documentUrl: 'https://a.test/' }), false);
});

test('No more tabs are remembered than anybody goes on with', () => {
  const pages = new NextPages();
  const of = (/** @type {number} */ tabId) => ({ ...request, tabId, url: `https://a.test/${tabId}` });
  for (let tabId = 0; tabId < 1000; tabId += 1) pages.note(of(tabId));
  const isKnown = (/** @type {number} */ tabId) => pages.isOfOne({ ...hint, tabId, documentUrl: of(tabId).url });
  assert.deepEqual([isKnown(0), isKnown(999)], [false, true]);
});
