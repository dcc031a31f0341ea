// Owns the modules that stand in for others while the shell's tests run: for those that only the build makes, and those that are to
// fail to load.
import { register } from 'node:module';

/** What runs in Node's own thread of loaders. Each import of a stand-in runs it anew, as a browser does where one failed. */
const HOOKS = `
let sources;
let imports = 0;
export function initialize(given) { sources = given; }
export function resolve(specifier, context, next) {
  if (!Object.hasOwn(sources, specifier)) return next(specifier, context);
  const url = 'data:text/javascript,' + encodeURIComponent(sources[specifier]) + '#' + (imports += 1);
  return { url, shortCircuit: true };
}`;

/**
 * Gives every import of these specifiers a source; to be called before the first of them.
 *
 * @param {Record<string, string>} sources By the specifier, as the importing file writes it.
 */
export function standIn(sources) {
  register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, { data: sources });
}
