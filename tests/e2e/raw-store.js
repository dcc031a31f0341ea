// Owns the store as it lies there, for whoever looks for what must not be in it.

/** Every table of the store as it is, the bytes of the records as text. Runs inside a page of the extension. */
export async function rawStore() {
  await chrome.runtime.sendMessage({ kind: 'flush' });
  /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
  const result = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await result(indexedDB.open('tiers'));
  const tables = [...database.objectStoreNames];
  const records = await Promise.all(
    tables.map(async (name) => {
      const table = database.transaction(name).objectStore(name);
      return [name, await result(table.getAllKeys()), await result(table.getAll())];
    }),
  );
  database.close();
  return JSON.stringify(records, (_key, value) =>
    value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
  );
}
