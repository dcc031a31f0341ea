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

  newCounterModule = () => {
    if (this.cannotBeMade) throw new WebAssembly.CompileError('no wasm here');
    this.modules += 1;
    const cores = this;
    class Core {
      /** @type {string[]} */
      events = [];
      changed = false;
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
        this.changed = true;
      }

      /** @param {{ kind: string }} request */
      answer(request) {
        this.take(`asked ${request.kind}`);
        return { kind: 'done' };
      }

      commit() {
        if (cores.trapsOnCommit) throw new WebAssembly.RuntimeError('unreachable');
        return this.changed
          ? { deleted: { all: false, sites: [], visits: [], days: [] }, visits: [], settings: null }
          : undefined;
      }

      live() {
        return new TextEncoder().encode(JSON.stringify(this.events));
      }

      stored() {
        this.changed = false;
      }

      badges() {
        return [];
      }

      setUtcOffset() {}

      today() {
        return cores.today;
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
  /** @type {any[]} */
  setAside = [];
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

  /** @param {any} commit @param {Uint8Array} live */
  async write(commit, live) {
    await this.gate;
    if (this.failure) throw this.failure;
    this.commits += 1;
    this.kept = { ...this.kept, live, settings: commit.settings ?? this.kept.settings };
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
  }

  /** No day is without its sum. */
  async sumUpDays() {}

  async rebuildDay() {}

  /** Nothing is kept for a while only. */
  async expire() {}

  /** @param {any} setAside */
  async writeSetAside(setAside) {
    this.setAside.push(setAside);
  }

  /** @param {string} reason */
  refuse(reason) {
    this.refused = reason;
  }
}
