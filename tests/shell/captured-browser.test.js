// Proves that a benchmark hears what the background replies as one of the extension's pages does.
import './fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dispatch } from '../../extension/messages.js';
import { api, ask } from '../bench/captured-browser.js';

test('A benchmark that asks the background is given its reply, and not the text as which that crosses', async () => {
  // What a background needs to answer that it knows no such request.
  const parts = /** @type {any} */ ({ problems: { list: () => [], sinceMs: null } });
  api.runtime.onMessage.addListener((message, _sender, sendReply) => {
    void dispatch(parts, message).then(sendReply);
    return true;
  });
  const reply = await ask({ kind: 'nonsense' });
  assert.equal(reply.response, null);
  assert.match(reply.error.message, /nonsense/);
});
