// Proves when who asks is taken for the page to come: by its address, and never where the page before has the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NextPages } from '../../extension/next-pages.js';

const ONE = 'https://news.test/one';
const TWO = 'https://news.test/two';
const hint = {
  requestId: '8',
  type: 'script',
  url: 'https://third.test/',
  tabId: 3,
  frameId: 0,
  timeStamp: 1,
  documentUrl: TWO,
};

/** A tab that shows one page and was asked to go to another. @param {string} shown @param {string} next */
function pagesOf(shown, next) {
  const pages = new NextPages();
  pages.noteShown({ tabId: 3, url: shown, timeStamp: 0 });
  pages.note({ tabId: 3, url: next });
  return pages;
}

test('Who has the address to which the tab was last asked to go is the page to come', () => {
  const pages = pagesOf(ONE, TWO);
  assert.equal(pages.isOfOne({ ...hint, documentUrl: `${TWO}#part` }), true);
  assert.equal(pages.isOfOne({ ...hint, documentUrl: ONE }), false);
  assert.equal(pages.isOfOne({ ...hint, tabId: 4 }), false);
  assert.equal(pages.isOfOne({ ...hint, frameId: 9 }), false);
  const { documentUrl: _, ...nameless } = hint;
  assert.equal(pages.isOfOne(nameless), false);
});

test('Of a reload nobody can tell, also where a redirect led back to the page that is shown', () => {
  assert.equal(pagesOf(TWO, TWO).isOfOne(hint), false);
  const pages = pagesOf(TWO, 'https://hop.test/');
  pages.note({ tabId: 3, url: TWO });
  assert.equal(pages.isOfOne(hint), false);
});

test('Where it is not known what the tab shows, as right after a wake, nobody can tell', () => {
  const pages = new NextPages();
  pages.note({ tabId: 3, url: TWO });
  assert.equal(pages.isOfOne(hint), false);
});

test('A page that is found in its tab as the background starts is the one before what the tab was asked for', () => {
  const pages = new NextPages();
  pages.note({ tabId: 3, url: TWO });
  pages.noteFound({ tabId: 3, url: ONE });
  assert.equal(pages.isOfOne(hint), true);
  pages.noteFound({ tabId: 3, url: TWO });
  assert.equal(pages.isOfOne(hint), false);
});

test('A page that its tab went back to is the one before, whatever was asked for last', () => {
  const pages = pagesOf(ONE, TWO);
  pages.noteShown({ tabId: 3, url: TWO, timeStamp: 1 });
  assert.equal(pages.isOfOne(hint), false, 'the page is there');
  pages.noteShown({ tabId: 3, url: ONE, timeStamp: 1 });
  pages.note({ tabId: 3, url: TWO });
  assert.equal(pages.isOfOne(hint), true);
});

test('A page whose commit is told before what it asked for on its way is the one to come of that time', () => {
  const pages = pagesOf(ONE, TWO);
  pages.noteShown({ tabId: 3, url: TWO, timeStamp: 2 });
  // Told after the commit, though it was first.
  pages.note({ tabId: 3, url: TWO });
  assert.equal(pages.isOfOne(hint), true);
  assert.equal(pages.isOfOne({ ...hint, timeStamp: 2 }), false, 'the page is there');
  assert.equal(pages.isOfOne({ ...hint, documentUrl: ONE }), false);
  pages.noteShown({ tabId: 3, url: TWO, timeStamp: 4 });
  assert.equal(pages.isOfOne({ ...hint, timeStamp: 3 }), false, 'of a reload nobody can tell');
});

test('Of two pages whose commits are told before what they asked for, each is the one to come of its time', () => {
  const pages = pagesOf(ONE, TWO);
  pages.noteShown({ tabId: 3, url: TWO, timeStamp: 2 });
  pages.noteShown({ tabId: 3, url: 'https://news.test/three', timeStamp: 4 });
  // Found there, too: nothing new.
  pages.noteFound({ tabId: 3, url: 'https://news.test/three' });
  assert.equal(pages.isOfOne(hint), true);
  assert.equal(pages.isOfOne({ ...hint, timeStamp: 3, documentUrl: 'https://news.test/three' }), true);
  assert.equal(pages.isOfOne({ ...hint, timeStamp: 3 }), false);
});

test('No more tabs are remembered than anybody goes on with', () => {
  const pages = new NextPages();
  const of = (/** @type {number} */ tabId) => ({ tabId, url: `https://a.test/${tabId}` });
  for (let tabId = 0; tabId < 1000; tabId += 1) {
    pages.noteShown({ tabId, url: ONE, timeStamp: 0 });
    pages.note(of(tabId));
  }
  const isKnown = (/** @type {number} */ tabId) => pages.isOfOne({ ...hint, tabId, documentUrl: of(tabId).url });
  assert.deepEqual([isKnown(0), isKnown(999)], [false, true]);
});
