// Proves how a saved file is named.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { fileName } from '../../extension/saved-file.js';

const ZONE = process.env['TZ'];

afterEach(() => {
  if (ZONE === undefined) delete process.env['TZ'];
  else process.env['TZ'] = ZONE;
});

test('a_file_has_the_date_on_the_wall_of_who_saves_it', () => {
  process.env['TZ'] = 'America/Los_Angeles';
  assert.equal(fileName('everything', Date.UTC(2027, 4, 4, 3), 'json'), 'tiers-everything-2027-05-03.json');
  process.env['TZ'] = 'Pacific/Auckland';
  assert.equal(fileName('everything', Date.UTC(2027, 4, 3, 20), 'json'), 'tiers-everything-2027-05-04.json');
});

test('a_name_that_some_file_system_does_not_take_is_made_fit', () => {
  assert.match(fileName('[::1]', 0, 'json'), /^tiers-_1_-\d{4}-\d\d-\d\d\.json$/);
});
