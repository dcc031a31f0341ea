// Owns the command line of the random webs: draws cases from a seed, tries each, shrinks one that fails, and says what it was.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { BROWSER, Stage } from '../e2e/stage.js';
import { randomCase } from './random-case.js';
import { attempt } from './trial.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    out: { type: 'string' },
    case: { type: 'string' },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);

const tried0 = values.case ? JSON.parse(await readFile(values.case, 'utf8')).tried : null;
const cases = values.case
  ? Array.from({ length: runs }, () => null).map(() => tried0)
  : fc.sample(randomCase, { seed, numRuns: runs });
let stage = await openStage();
let bad = 0;
/** @type {Record<string, number>} */
const excused = {};
const size = { contacts: 0, requests: 0, visits: 0 };
const began = Date.now();
for (let index = Number(values.from); index < runs; index += 1) {
  const tried = /** @type {import('./case.js').Case} */ (cases[index]);
  const start = Date.now();
  const outcome = await attempt(stage, tried, index + 1).catch((error) => error);
  if (outcome instanceof Error) {
    console.log(`run ${index} ERROR`, outcome.message);
    await stage.close();
    stage = await openStage();
    bad += 1;
    continue;
  }
  for (const { excuse } of outcome.differences) if (excuse) excused[excuse] = (excused[excuse] ?? 0) + 1;
  for (const key of /** @type {(keyof typeof size)[]} */ (Object.keys(size))) size[key] += outcome.size[key];
  const unexplained = outcome.differences.filter(({ excuse }) => excuse === null);
  const line = `run ${index}: ${outcome.size.visits} loads, ${outcome.size.requests} requests, ${Date.now() - start} ms`;
  console.log(unexplained.length > 0 ? `${line} DIFFERS` : line);
  for (const one of unexplained) console.log(`   ${one.kind} | ${one.where} | said: ${one.said} | true: ${one.true}`);
  if (unexplained.length > 0) {
    bad += 1;
    if (values.out) {
      await writeFile(`${values.out}/${BROWSER}-${seed}-${index}.json`, JSON.stringify({ tried, ...outcome }, null, 1));
    }
  }
}
console.log({ seed, runs, bad, excused, size, seconds: Math.round((Date.now() - began) / 1000) });
await stage.close();

async function openStage() {
  return Stage.open({
    otherExtensions: [`${import.meta.dirname}/../e2e/blocker`],
    prefs: { 'network.http.referer.disallowCrossSiteRelaxingDefault': false },
  });
}
