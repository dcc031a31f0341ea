// Owns the store that the shell finds in the benchmark of a day: it takes the place of `extension/store.js`, copies what it is handed as
// a database would, and weighs it.

/** What was handed over and has not been weighed. @type {unknown[]} */
let copies = [];

/** The visits of the day, as they were handed over last. @type {Map<string, import('../../extension/core/types.js').StoredVisit>} */
let visits = new Map();

/** Takes the visits of the day that is over. */
export function takeVisits() {
  const taken = [...visits.values()];
  visits = new Map();
  return taken;
}

/** Weighs what was handed over since the last time: how many commits, and their bytes. Not while times are taken. */
export function weigh() {
  const weighed = {
    commits: copies.length,
    bytes: copies.reduce((/** @type {number} */ sum, copy) => sum + weightOf(copy), 0),
  };
  copies = [];
  return weighed;
}

const encoder = new TextEncoder();

/** @param {unknown} value @returns {number} Its bytes: those of arrays as they are, all else as its text. */
function weightOf(value) {
  let arrays = 0;
  const text = JSON.stringify(value, (_, part) => {
    if (!(part instanceof Uint8Array)) return part;
    arrays += part.length;
    return '';
  });
  return arrays + encoder.encode(text).length;
}

export class Store {
  open() {}

  async read() {
    return { visits: [] };
  }

  /**
   * @param {import('../../extension/core/types.js').StoredCommit} commit
   * @param {Uint8Array} live
   */
  async write(commit, live) {
    const copy = structuredClone({ commit, live });
    copies.push(copy);
    for (const visit of copy.commit.visits) visits.set(visit.id, visit);
  }

  /** The benchmark closes its day itself. */
  async closeDays() {
    return false;
  }

  /** No day is without its sum. */
  async sumUpDays() {}

  async makeSpans() {}

  async delete() {}

  async writeNote() {
    throw new Error('The core failed on an event, or was full.');
  }

  /** @param {string} reason */
  refuse(reason) {
    throw new Error(reason);
  }
}
