// Owns the steps of a background's work on its store, and its stop at one of them. Part of a variant of the built extension; runs in
// its background, before the extension's own code.
import { Core } from '../../extension/core/counter.js';
import { answerFault } from './fault-messages.js';

/** @typedef {{ from: string, after: number }} Stop at which step after the first one that is named so, itself included */

/** @type {Stop | null} */
let stop = null;
/** The steps since the last asking. @type {string[]} */
let steps = [];

answerFault('steps', () => {
  const taken = steps;
  steps = [];
  return taken;
});

answerFault('stop', (message) => {
  stop = message;
});

/**
 * Each call of the core that has to do with storing, each call of the database's interface and each of its answers is a step. It is
 * told in words, so that a failure says where.
 *
 * @param {string} name
 */
function step(name) {
  steps.push(name);
  if (!stop || (stop.from !== '' && stop.from !== name)) return;
  stop.from = '';
  stop.after -= 1;
  if (stop.after > 0) return;
  // Outlives this background: whoever is to end it learns that it stands still. The browser is told in this turn.
  void chrome.storage.session.set({ stoppedAt: name });
  for (;;);
}

/** @type {WeakMap<IDBTransaction, string>} */
const names = new WeakMap();

/** @param {IDBTransaction} transaction */
function nameOf(transaction) {
  return names.get(transaction) ?? transaction.mode;
}

/**
 * Has a method be a step as it is called, and where it asks the database for something another one as it returns.
 *
 * @param {object} prototype
 * @param {string} method
 * @param {(self: any, args: unknown[]) => string} describe
 * @param {(result: any, self: any, args: unknown[]) => void} [onResult]
 */
function watch(prototype, method, describe, onResult = () => {}) {
  const original = /** @type {Function} */ (Reflect.get(prototype, method));
  Reflect.set(prototype, method, function (/** @type {unknown[]} */ ...args) {
    // @ts-expect-error: `this` is what the method is called on.
    const self = this;
    const name = describe(self, args);
    step(`before ${name}`);
    const result = original.apply(self, args);
    onResult(result, self, args);
    if (result instanceof IDBRequest) step(`after ${name}`);
    return result;
  });
}

for (const method of ['answer', 'commit', 'live', 'stored', 'today', 'unsettledVisits'])
  watch(Core.prototype, method, () => `the core's ${method}`);

watch(
  IDBDatabase.prototype,
  'transaction',
  (_, [tables, mode = 'readonly']) => `the beginning of a ${mode} transaction of ${tables}`,
  (/** @type {IDBTransaction} */ transaction, _, [tables]) => {
    const name = `${transaction.mode} ${tables}`;
    names.set(transaction, name);
    // Before the extension's own listener, which is put there later.
    transaction.addEventListener('complete', () => step(`as complete is told of ${name}`));
  },
);

/** @param {IDBRequest} request @param {string} name */
function watchAnswer(request, name) {
  request.addEventListener('success', () => {
    step(`as success is told of ${name}`);
    // A turn later a transaction without more to do has been sent to be committed, and nobody has been told that it is.
    setTimeout(() => step(`a turn after success was told of ${name}`));
  });
}

for (const method of ['get', 'getAll', 'getAllKeys', 'put', 'delete', 'clear']) {
  const describe = (/** @type {IDBObjectStore} */ table) => `${method} in ${table.name} (${nameOf(table.transaction)})`;
  watch(IDBObjectStore.prototype, method, describe, (request, table) => watchAnswer(request, describe(table)));
}
for (const method of ['getAll', 'getAllKeys', 'openKeyCursor']) {
  const describe = (/** @type {IDBIndex} */ index) =>
    `${method} by ${index.name} in ${index.objectStore.name} (${nameOf(index.objectStore.transaction)})`;
  watch(IDBIndex.prototype, method, describe, (request, index) => watchAnswer(request, describe(index)));
}
