// Proves that cases on which export and log once disagreed agree now: each is a file that a failing run left, made small.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { Theatre } from '../truth/theatre.js';
import { Disagreement, keep, unexplained } from '../truth/verdict.js';

const CASES = path.join(import.meta.dirname, '..', 'truth', 'cases');

const theatre = new Theatre();
after(() => theatre.close());

for (const file of (await readdir(CASES)).filter((name) => name.endsWith('.json')).sort()) {
  const name = path.basename(file, '.json');
  test(name.replaceAll('-', '_'), async () => {
    const { case: tried } = JSON.parse(await readFile(path.join(CASES, file), 'utf8'));
    const outcome = await theatre.try(tried);
    const lines = unexplained(outcome);
    if (lines.length === 0) return;
    throw new Disagreement([...lines, `What the run left is in ${await keep(name, tried, outcome)}.`]);
  });
}
