// Owns the variant of the built extension that the faults are tried on: a copy whose background can be stopped at a step, and its clock moved.
import path from 'node:path';
import { DistVariants } from '../bench/dist-variant.js';
import { BROWSER } from '../e2e/stage.js';

/** What the background loads beside the extension's own files, by the path that it has here. */
const FILES = ['hindered-background.js', 'fault-messages.js', 'moved-clock.js', 'stopping-steps.js'];
const FOLDER = 'tests/faults';

/**
 * Makes the variant.
 *
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function hinderedExtension() {
  const variants = await DistVariants.open();
  const variant = await variants.copy(BROWSER, 'hindered');
  for (const file of FILES) await variant.add(path.join(import.meta.dirname, file), `${FOLDER}/${file}`);
  await variant.changeManifest((manifest) => {
    const file = `${FOLDER}/hindered-background.js`;
    manifest['background'] =
      BROWSER === 'chromium' ? { service_worker: file, type: 'module' } : { scripts: [file], type: 'module' };
  });
  return { folder: variant.folder, remove: () => variants.close() };
}
