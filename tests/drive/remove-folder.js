// Owns the removal of a folder that a browser has used: a process of it that is only just going may still write there.
import { rm } from 'node:fs/promises';

/** @param {string} folder */
export function removeFolder(folder) {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
