// Proves what a background takes for the one before it: nothing, one that worked, or one that died as it started.
import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { answers, calls, context, resetBrowser } from './fake-browser.js';
import { noteStarting, readSession } from '../../extension/session.js';

/** What `storage.session` holds. @type {Record<string, unknown>} */
let kept = {};

beforeEach(() => {
  mock.restoreAll();
  resetBrowser();
  kept = {};
  answers['storage.session.get'] = () => ({ ...kept });
  answers['storage.session.set'] = (/** @type {Record<string, unknown>} */ values) => void Object.assign(kept, values);
});

test('The first background of a session finds nothing before it', async () => {
  const { id, isNew, before } = await readSession();
  assert.deepEqual([isNew, before], [true, 'nothing']);
  assert.match(id, /^[0-9a-f-]{36}$/);
});

test('A background after one that made a commit goes on with its session', async () => {
  const { id } = await readSession();
  noteStarting(false);
  kept['unstoredTabs'] = [3, 'no tab'];
  const session = {
    id,
    isNew: false,
    before: 'background',
    privateTabs: undefined,
    unstoredTabs: [3],
    unstoredVisits: null,
  };
  assert.deepEqual(await readSession(), session);
});

test('A background after one that made no commit knows that it died as it started', async () => {
  const { id } = await readSession();
  const { isNew, before, id: again } = await readSession();
  assert.deepEqual([again, isNew, before], [id, false, 'deadStart']);
});

test("The background of Chromium's private windows takes nothing of the other's, which uses the same storage", async () => {
  const { id } = await readSession();
  context.inIncognitoContext = true;
  const own = await readSession();
  assert.deepEqual([own.isNew, own.before], [true, 'nothing']);
  noteStarting(false);
  assert.equal((await readSession()).id, own.id);
  context.inIncognitoContext = false;
  const other = await readSession();
  assert.deepEqual([other.id, other.before], [id, 'deadStart']);
});

test('Where the session cannot be read, the background is a session of its own, and that is said', async () => {
  const said = mock.method(console, 'error', () => {});
  answers['storage.session.get'] = () => {
    throw new Error('no storage here');
  };
  const { isNew, before } = await readSession();
  assert.deepEqual([isNew, before], [true, 'nothing']);
  assert.equal(said.mock.callCount(), 1);
  assert.equal(calls.filter(({ name }) => name === 'storage.session.set').length, 1);
});
