// Owns the waiting for a downloaded file.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { until } from './condition.js';

/** Names of downloads that are not finished: Chromium's, Firefox's. */
const UNFINISHED = /\.(crdownload|part|tmp)$|^\.(com|org)\./;

/**
 * Waits for the first finished file in a folder that was empty before.
 * @param {string} folder
 * @param {number} [timeoutMs]
 * @returns {Promise<string>} its path
 */
export function downloadedFile(folder, timeoutMs = 30_000) {
  return until(
    `a download in ${folder}`,
    async () => {
      const names = await readdir(folder);
      const [name] = names;
      if (name === undefined || names.some((other) => UNFINISHED.test(other))) return null;
      const file = path.join(folder, name);
      // Firefox reserves the name with an empty file first.
      return (await stat(file)).size > 0 ? file : null;
    },
    timeoutMs,
  );
}
