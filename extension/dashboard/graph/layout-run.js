// Owns the laying out of one graph after the other, each in a worker of its own: the page never waits for it, and one that is not wanted any more ends at once.

/** @typedef {import('./graph-model.js').GraphModel} GraphModel */

export class LayoutRun {
  /** @type {Worker | null} */
  #worker = null;
  /** Says that the one that runs is given up. */
  #giveUp = () => {};

  /**
   * Lays a graph out; the one before is given up.
   *
   * @param {GraphModel} model
   * @param {Float32Array | null} begin Where its nodes begin, if they lay somewhere.
   * @param {(positions: Float32Array) => void} onProgress
   * @returns {Promise<Float32Array | null>} x and y of each node; nothing where it was given up. Rejects where the worker does not run.
   */
  start({ nodes, links }, begin, onProgress) {
    this.end();
    const worker = new Worker(new URL('./layout-worker.js', import.meta.url), { type: 'module' });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      this.#giveUp = () => resolve(null);
      worker.addEventListener(
        'message',
        (/** @type {MessageEvent<import('./layout-worker.js').LayoutProgress>} */ { data }) => {
          // What was on its way as the worker was ended.
          if (this.#worker !== worker) return;
          if (!data.isSettled) onProgress(data.positions);
          else {
            resolve(data.positions);
            this.end();
          }
        },
      );
      worker.addEventListener('error', ({ message }) => {
        // One that was given up has no say in the one that runs by now.
        if (this.#worker !== worker) return;
        reject(new Error(message || 'the worker of the layout does not run'));
        this.end();
      });
      worker.postMessage({
        radii: Float32Array.from(nodes, ({ radius }) => radius),
        links: Uint32Array.from(links.flatMap(({ site, thirdParty }) => [site, thirdParty])),
        begin,
      });
    });
  }

  end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#giveUp();
  }
}
