// Proves that the screens which the end-to-end tests look at are of every view and every page: a new one cannot be forgotten.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { VIEWS } from '../../extension/dashboard/place.js';
import { SCREENS, screenOfView } from '../e2e/screens.js';
import { pages } from './screen-sources.js';

test('Every view of the dashboard is among the screens', () => {
  const forgotten = VIEWS.filter((view) => !SCREENS.includes(screenOfView(view)));
  assert.deepEqual(forgotten, []);
});

test('Every page of the extension is among the screens', async () => {
  const names = (await pages()).map(({ file }) => path.basename(file, '.html'));
  assert.ok(names.length >= 4, `${names}`);
  const forgotten = names.filter((name) => !SCREENS.some((screen) => screen === name || screen.startsWith(`${name}-`)));
  assert.deepEqual(forgotten, []);
});

test('No screen is named twice', () => {
  assert.equal(new Set(SCREENS).size, SCREENS.length);
});
