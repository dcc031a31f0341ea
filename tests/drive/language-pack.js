// Owns a language pack without a word in it: Firefox then has the language, and extensions speak theirs.
import { packFiles } from './xpi.js';

/**
 * Firefox takes a requested language only where it has a pack of it, and distributions package those apart. What the
 * pack lacks Firefox says in English; `i18n.getUILanguage()` and `_locales` follow the requested language all the same.
 * @param {string} language
 * @returns {{ file: string, bytes: Buffer }}
 */
export function languagePack(language) {
  const id = `langpack-${language}@firefox.mozilla.org`;
  const manifest = {
    manifest_version: 2,
    langpack_id: language,
    name: `Language: ${language}`,
    version: '1.0',
    browser_specific_settings: { gecko: { id, strict_min_version: '100.0', strict_max_version: '*' } },
    languages: { [language]: { version: '20260101000000', chrome_resources: {} } },
    sources: { browser: { base_path: 'browser/' } },
  };
  const bytes = packFiles([{ name: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest)) }]);
  return { file: `${id}.xpi`, bytes };
}
