// Proves what is said of what the dashboard has done to what is kept.
import { answers, resetBrowser } from './fake-browser.js';
import { partOf } from './fake-document.js';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Orders } from '../../extension/dashboard/orders.js';

beforeEach(resetBrowser);

test('a_site_that_is_counted_again_is_named_in_an_element_of_its_own_so_that_its_letters_turn_no_others_around', async () => {
  answers['runtime.sendMessage'] = () => JSON.stringify({ response: { kind: 'done' }, problems: [], sinceMs: null });
  const status = partOf('action-status');
  const orders = new Orders({
    perform: async (action) => {
      await action();
      return true;
    },
    say: (...words) => status.replaceChildren(.../** @type {any} A part is no real node. */ (words)),
    changed: async () => {},
  });
  await orders.include({ site: 'xn--4dbrk0ce.test', text: 'ישראל.test' });
  assert.equal(status.textContent, 'included ישראל.test');
  const [name] = status.children;
  assert.deepEqual([name?.textContent, name?.getAttribute('dir')], ['ישראל.test', 'ltr']);
});
