// Proves what is known, and no longer known, of the last URLs.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RECENT_URLS, RecentUrls } from '../../extension/recent-urls.js';

test('A URL is known by its number until its place is taken', () => {
  const urls = new RecentUrls();
  urls.keep(1, 'https://one.test/');
  assert.equal(urls.urlOf(1), 'https://one.test/');
  assert.equal(urls.urlOf(1 + RECENT_URLS), null);
  urls.keep(1 + RECENT_URLS, 'https://later.test/');
  assert.equal(urls.urlOf(1), null);
  assert.equal(urls.urlOf(1 + RECENT_URLS), 'https://later.test/');
});

test('A number that was never given has no URL', () => {
  const urls = new RecentUrls();
  assert.equal(urls.urlOf(0), null);
  assert.equal(urls.urlOf(7), null);
});

test('The highest number that the core gives is kept as well', () => {
  const urls = new RecentUrls();
  urls.keep(2 ** 32 - 1, 'https://last.test/');
  assert.equal(urls.urlOf(2 ** 32 - 1), 'https://last.test/');
});

test('Nothing is known after everything was forgotten', () => {
  const urls = new RecentUrls();
  urls.keep(3, 'https://three.test/');
  urls.clear();
  assert.equal(urls.urlOf(3), null);
});
