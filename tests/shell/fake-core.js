// Owns a core and a store without wasm or a database, which remember what they were told and fail where a test wants it.

/** Instances of the core, as `newCounterModule` would make them. */
export class FakeCores {
  /** Every core that was made. @type {any[]} */
  made = [];
  /** How many instances of the wasm there were. */
  modules = 0;
  /** How often each event was told, by its name. @type {Map<string, number>} */
  told = new Map();
  /** @type {(event: string) => boolean} */
  traps = () => false;
  /** @type {unknown} */
  openVisitsError;
  trapsOnCommit = false;
  today = 0;
  cannotBeMade = false;
  /** What the next commits delete. */
  deleted = { all: false, sites: /** @type {string[]} */ ([]), visits: [], days: [] };
  /** How many visits the next commit says were given up. */
  givenUp = 0;

  newCounterModule = () => {
    if (this.cannotBeMade) throw new WebAssembly.CompileError('no wasm here');
    this.modules += 1;
    const cores = this;
    class Core {
      /** @type {string[]} */
      events = [];
      /** How many events it took, and of how many the last commit told, and the last one that was stored. */
      taken = 0;
      offered = 0;
      kept = 0;
      restarted = 0;
      /** @type {unknown} */
      settings;

      static openVisits() {
        if (cores.openVisitsError) throw cores.openVisitsError;
        return [];
      }

      /** @param {string} session */
      constructor(session) {
        this.session = session;
        cores.made.push(this);
      }

      /** @param {Uint8Array | undefined} live @param {unknown} _visits @param {unknown} settings @param {string} before @param {Int32Array} unstored */
      restore(live, _visits, settings, before, unstored) {
        this.settings = settings;
        this.before = before;
        this.unstored = [...unstored];
        if (live) this.events = JSON.parse(new TextDecoder().decode(live));
      }

      /** @param {string} event */
      take(event) {
        cores.told.set(event, (cores.told.get(event) ?? 0) + 1);
        // As wasm does: what was half done stays half done.
        this.events.push(`${event} (half)`);
        if (cores.traps(event)) throw new WebAssembly.RuntimeError('unreachable');
        this.events.splice(-1, 1, event);
        this.taken += 1;
      }

      get changed() {
        return this.taken !== this.kept;
      }

      /** @param {{ kind: string }} request */
      answer(request) {
        this.take(`asked ${request.kind}`);
        return { kind: 'done' };
      }

      commit() {
        if (cores.trapsOnCommit) throw new WebAssembly.RuntimeError('unreachable');
        if (!this.changed) return undefined;
        this.offered = this.taken;
        const { deleted, givenUp } = cores;
        cores.givenUp = 0;
        return { deleted, visits: this.events.map((id) => ({ id })), settings: null, givenUp };
      }

      live() {
        return new TextEncoder().encode(JSON.stringify(this.events));
      }

      stored() {
        this.kept = this.offered;
      }

      badges() {
        return [];
      }

      setUtcOffset() {}

      today() {
        return cores.today;
      }

      unsettledVisits() {
        return [];
      }

      expired() {
        return [0, 0];
      }

      coreRestarted() {
        this.restarted += 1;
      }
    }
    // The members that the counting calls stand in for the whole module.
    return /** @type {any} */ ({ Core });
  };

  /** The core that works now. */
  get now() {
    return this.made.at(-1);
  }
}

/** A store in memory. */
export class FakeStore {
  /** @type {any} */
  kept = { visits: [] };
  /** @type {Error | null} */
  failure = null;
  /** @type {Error | null} Where there is room to delete, and none to put. */
  failsToPut = null;
  /** What was noted, last of each kind. @type {Record<string, any>} */
  notes = {};
  /** What was deleted by itself. @type {any[]} */
  deletions = [];
  refused = '';
  commits = 0;
  /** A write waits for this. @type {Promise<void>} */
  gate = Promise.resolve();

  /** @param {(live: Uint8Array) => string[]} openVisits */
  async read(openVisits) {
    await null;
    if (this.failure) throw this.failure;
    if (!this.kept.live) return { ...this.kept };
    try {
      openVisits(this.kept.live);
      return { ...this.kept };
    } catch (unreadable) {
      return { visits: [], settings: this.kept.settings, unreadable };
    }
  }

  /** @param {any} commit @param {Uint8Array} live @param {{ mark?: any }} options */
  async write(commit, live, { mark }) {
    await this.gate;
    const failure = this.failure ?? this.failsToPut;
    if (failure) throw failure;
    this.commits += 1;
    this.kept = { ...this.kept, live, mark, settings: commit.settings ?? this.kept.settings };
  }

  /** @param {any} deleted */
  async delete(deleted) {
    if (this.failure) throw this.failure;
    this.deletions.push(deleted);
  }

  /** @type {Error | null} */
  failsToClose = null;
  /** What was closed. @type {number[]} */
  closedBefore = [];

  /** @param {number} day */
  async closeDays(day) {
    const failure = this.failure ?? this.failsToClose;
    if (failure) throw failure;
    this.closedBefore.push(day);
    return false;
  }

  /** No day is without its sum. */
  async sumUpDays() {}

  async makeSpans() {}

  async rebuildDay() {}

  /** Nothing is kept for a while only. */
  async expire() {}

  /** @param {string} key @param {any} note */
  async writeNote(key, note) {
    if (this.failure) throw this.failure;
    this.notes[key] = note;
    this.kept = { ...this.kept, [key]: note };
  }

  /** @param {string} reason */
  refuse(reason) {
    this.refused = reason;
  }
}
