// Owns how what is measured finds the shell that it was copied beside.

/**
 * A module of the folder that this one was copied to: it is not there where the types are checked.
 * @param {string} file
 * @returns {Promise<any>}
 */
export function beside(file) {
  return import(new URL(file, import.meta.url).href);
}
