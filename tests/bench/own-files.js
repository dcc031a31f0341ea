// Owns how the shell fetches a file of its own where Node runs it: Node fetches none by `file:`.
import { readFile } from 'node:fs/promises';

/** From now on it does. */
export function fetchOwnFiles() {
  globalThis.fetch = async (file) =>
    new Response(await readFile(new URL(String(file))), { headers: { 'content-type': 'application/wasm' } });
}
