// Owns the way to d3: its modules, as they are published, are scripts that add to one global, each after those that it is made of. Loaded
// by whoever draws, never before the totals are there.
import '../library/d3-array.js';
import '../library/d3-color.js';
import '../library/d3-format.js';
import '../library/d3-interpolate.js';
import '../library/d3-time.js';
import '../library/d3-time-format.js';
import '../library/d3-scale.js';
import '../library/d3-dispatch.js';
import '../library/d3-timer.js';
import '../library/d3-quadtree.js';
import '../library/d3-force.js';
import '../library/d3-selection.js';
import '../library/d3-ease.js';
import '../library/d3-transition.js';
import '../library/d3-drag.js';
import '../library/d3-zoom.js';

/**
 * Those of d3 that ship.
 *
 * @typedef {typeof import('d3-array') & typeof import('d3-scale') & typeof import('d3-force') & typeof import('d3-selection') &
 *   typeof import('d3-transition') & typeof import('d3-drag') & typeof import('d3-zoom') & typeof import('d3-quadtree')} D3
 */

export const d3 = /** @type {D3} */ (Reflect.get(globalThis, 'd3'));
