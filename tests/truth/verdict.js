// Owns what is said of a trial: nothing where export and log agree, else what differs, and where the case is kept.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BROWSER } from '../e2e/stage.js';

/** @typedef {import('./trial.js').Outcome} Outcome */

const FOLDER = path.join(import.meta.dirname, '..', '..', 'artifacts', 'truth');

/** A case on whose run export and log, or Tiers and another judge, disagree for a reason that nobody knows. */
export class Disagreement extends Error {
  /** @param {string[]} lines */
  constructor(lines) {
    super(`The export and the server's log disagree:\n${lines.join('\n')}`);
    this.name = 'Disagreement';
  }
}

/**
 * What no known fact about browsers explains, a line each.
 *
 * @param {Outcome} outcome
 * @returns {string[]}
 */
export function unexplained({ differences, judges }) {
  return [
    ...differences
      .filter(({ excuse }) => excuse === null)
      .map((one) => `${one.kind} | ${one.where} | export: ${one.said} | log: ${one.true}`),
    ...judges.disagreements.map((one) => `${one.judge} | ${one.where} | said: ${one.said} | follows: ${one.follows}`),
  ];
}

/**
 * Keeps a case with all that its run left, to be looked at and tried again.
 *
 * @param {string} name
 * @param {import('./case.js').Case} tried
 * @param {Outcome} outcome
 * @returns {Promise<string>} the file
 */
export async function keep(name, tried, outcome) {
  await mkdir(FOLDER, { recursive: true });
  const file = path.join(FOLDER, `${BROWSER}-${name}.json`);
  await writeFile(file, JSON.stringify({ case: tried, ...outcome }, null, 1));
  return path.relative(process.cwd(), file);
}
