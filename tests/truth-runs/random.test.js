// Proves that the export equals the server's log, contact by contact, on webs and users drawn from a seed.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { BROWSER } from '../e2e/stage.js';
import { randomCase } from '../truth/random-case.js';
import { Theatre } from '../truth/theatre.js';
import { Tally } from '../truth/tally.js';
import { Disagreement, keep, unexplained } from '../truth/verdict.js';

const SEED = Number(process.env['TIERS_TRUTH_SEED'] ?? 1);
const RUNS = Number(process.env['TIERS_TRUTH_RUNS'] ?? 12);
/** A case that fails is made smaller for so long. */
const SHRINK_MS = 180_000;

const theatre = new Theatre();
const tally = new Tally();
after(async () => {
  await theatre.close();
  console.log(tally.toString());
});

for (const [index, drawn] of fc.sample(randomCase, { seed: SEED, numRuns: RUNS }).entries()) {
  test(`the_export_equals_the_log_in_run_${index}_of_seed_${SEED}`, async () => {
    const outcome = await theatre.try(drawn);
    tally.add(outcome);
    const lines = unexplained(outcome);
    if (lines.length === 0) return;
    const file = await keep(`${SEED}-${index}`, drawn, outcome);
    const small = await shrink(index);
    const also = small ? `a smaller case that fails too in ${small}` : 'it did not fail again';
    throw new Disagreement([
      ...lines,
      `The run is kept in ${file}; ${also}. As a file of tests/truth/cases/ it is a test.`,
    ]);
  });
}

/** A case can be too small for a judge; so many are not. */
const ENOUGH_FOR_EVERY_JUDGE = 12;

test(
  'every_other_judge_was_heard',
  { skip: RUNS < ENOUGH_FOR_EVERY_JUDGE && 'of a few runs some judge may say nothing' },
  () => {
    const judges = ['Sec-Fetch-Site', 'Sec-Fetch-Dest', 'witness', ...(BROWSER === 'firefox' ? ['thirdParty'] : [])];
    assert.deepEqual(
      judges.filter((judge) => tally.heard(judge) === 0),
      [],
    );
  },
);

/**
 * Makes the case smaller for as long as it fails.
 *
 * @param {number} index
 * @returns {Promise<string>} the file of the smallest; empty where the case does not fail again
 */
async function shrink(index) {
  let file = '';
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  const fails = async (/** @type {import('../truth/case.js').Case} */ tried) => {
    const trying = theatre.try(tried);
    last = trying.catch(() => {});
    const outcome = await trying;
    if (unexplained(outcome).length === 0) return;
    file = await keep(`${SEED}-${index}-small`, tried, outcome);
    throw new Disagreement(unexplained(outcome));
  };
  const options = { seed: SEED, path: String(index), numRuns: 1, interruptAfterTimeLimit: SHRINK_MS };
  await fc.check(fc.asyncProperty(randomCase, fails), options);
  // The time limit leaves the last one alone, not ended: the next run must not meet it.
  await last;
  return file;
}
