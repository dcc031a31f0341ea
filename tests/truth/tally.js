// Owns the sum over many trials: how much was compared, and how often which exception was needed.

/** @typedef {import('./trial.js').Outcome} Outcome */

export class Tally {
  #began = Date.now();
  #sums = { runs: 0, loads: 0, contacts: 0, requests: 0 };
  /** @type {Map<string, number>} */
  #heard = new Map();
  /** @type {Map<string, number>} */
  #excuses = new Map();

  /** @param {Outcome} outcome */
  add({ differences, judges, size }) {
    this.#sums.runs += 1;
    this.#sums.loads += size.loads;
    this.#sums.contacts += size.contacts;
    this.#sums.requests += size.requests;
    for (const [judge, verdicts] of Object.entries(judges.heard)) this.#heard.set(judge, this.heard(judge) + verdicts);
    for (const { excuse } of differences) {
      if (excuse !== null) this.#excuses.set(excuse, (this.#excuses.get(excuse) ?? 0) + 1);
    }
  }

  /** So many verdicts of a judge. @param {string} judge */
  heard(judge) {
    return this.#heard.get(judge) ?? 0;
  }

  toString() {
    const { runs, loads, contacts, requests } = this.#sums;
    const verdicts = [...this.#heard].map(([judge, many]) => `${many} of ${judge}`);
    const excuses = [...this.#excuses]
      .sort(([, one], [, other]) => other - one)
      .map(([name, times]) => `  ${times} × ${name}`);
    return [
      `${runs} runs in ${Math.round((Date.now() - this.#began) / 1000)} s: ${loads} loads, ${contacts} contacts and ` +
        `${requests} requests compared with the log; verdicts of other judges: ${verdicts.join(', ') || 'none'}.`,
      'Differences that a fact about browsers explains:',
      ...(excuses.length > 0 ? excuses : ['  none']),
    ].join('\n');
  }
}
