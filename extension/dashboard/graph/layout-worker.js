// Owns the worker that lays the graph out: it is told a graph, tells how far it has come, and ends. Whoever wants it no more ends it.
import '../../library/d3-dispatch.js';
import '../../library/d3-timer.js';
import '../../library/d3-quadtree.js';
import '../../library/d3-force.js';
import { layOut } from './layout.js';

/**
 * @typedef {object} LayoutProgress
 * @property {Float32Array} positions
 * @property {boolean} isSettled
 */

/** The least time between two looks at a layout that is not settled. */
const LOOK_MS = 50;

addEventListener('message', (/** @type {MessageEvent<import('./layout.js').LayoutInput>} */ { data }) => {
  let looked = performance.now();
  /** @type {Float32Array} */
  let last = new Float32Array();
  for (const positions of layOut(Reflect.get(globalThis, 'd3'), data)) {
    last = positions;
    const now = performance.now();
    if (now - looked < LOOK_MS) continue;
    looked = now;
    tell({ positions, isSettled: false });
  }
  tell({ positions: last, isSettled: true });
});

/** @param {LayoutProgress} progress */
function tell(progress) {
  postMessage(progress);
}
