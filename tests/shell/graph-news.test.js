// Proves what becomes of the graph as new data come in, and what is said of it: numbers change where nodes lie, a graph grows from where it lies.
import './fake-browser.js';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GraphModel } from '../../extension/dashboard/graph/graph-model.js';
import { isPart } from '../../extension/dashboard/graph/graph-picture.js';
import { graphWords } from '../../extension/dashboard/graph/graph-words.js';
import { keptPositions } from '../../extension/dashboard/graph/kept-positions.js';
import { LayoutRun } from '../../extension/dashboard/graph/layout-run.js';
import { rowsOf } from '../../extension/dashboard/graph/link-rows.js';
import { distance, graphOf, graphs, positionsOf } from './made-graph.js';

/** @typedef {import('../../extension/core/types.js').GraphView} GraphView */

test('the_same_graph_with_other_numbers_in_another_order_keeps_its_places', () => {
  fc.assert(
    fc.property(graphs, fc.nat(99), (graph, more) => {
      const model = new GraphModel(graph);
      const keys = model.nodes.map(({ key }) => key);
      const last = { site: graph.sites.length - 1, thirdParty: graph.thirdParties.length - 1 };
      const other = {
        ...graph,
        sites: graph.sites.map((node) => ({ ...node, degree: node.degree + more })).reverse(),
        thirdParties: graph.thirdParties.map((node) => ({ ...node, requests: node.requests + more })).reverse(),
        links: graph.links
          .map(({ site, thirdParty, requests, visits }) => ({
            ...{ site: last.site - site, thirdParty: last.thirdParty - thirdParty },
            ...{ requests: requests + more, visits: visits + 1 },
          }))
          .reverse(),
      };
      assert.equal(model.renew(other), true);
      assert.deepEqual(
        model.nodes.map(({ key }) => key),
        keys,
      );
      const rows = (/** @type {GraphModel} */ one) =>
        rowsOf(one)
          .map(({ site, thirdParty, ...figures }) =>
            JSON.stringify([site.key, site.radius, thirdParty.key, thirdParty.requests, figures]),
          )
          .sort();
      assert.deepEqual(rows(model), rows(new GraphModel(other)));
      for (const { neighbours } of model.nodes) {
        const sizes = neighbours.map((place) => model.nodes[place]?.radius ?? 0);
        assert.deepEqual(
          sizes,
          [...sizes].sort((one, another) => another - one),
        );
      }
    }),
  );
});

test('a_graph_of_other_nodes_or_links_is_another_one', () => {
  const pairs = /** @type {[number, number, number, number][]} */ ([
    [0, 0, 1, 1],
    [1, 1, 1, 1],
  ]);
  const model = new GraphModel(graphOf(2, 2, pairs));
  const [one, other] = pairs.map(([site, thirdParty]) => /** @type {typeof pairs[0]} */ ([site, 1 - thirdParty, 9, 9]));
  assert.ok(one && other);
  assert.equal(model.renew(graphOf(2, 2, [one, other])), false);
  assert.equal(model.renew(graphOf(2, 2, [...pairs, one])), false);
  assert.equal(model.renew(graphOf(2, 3, [...pairs, [1, 2, 1, 1]])), false);
  assert.deepEqual(
    model.links.map(({ requests }) => requests),
    [1, 1],
  );
});

test('a_graph_that_grows_stays_about_where_it_lay_and_what_is_new_comes_amid_what_it_is_linked_to', () => {
  const pairs = /** @type {[number, number, number, number][]} */ (
    [0, 1, 2, 3, 4, 5].map((at) => [at % 3, at, 1, 1]).concat([[0, 1, 1, 1]], [[1, 2, 1, 1]])
  );
  const before = new GraphModel(graphOf(3, 6, pairs));
  // By hand, far from where it would lie.
  const positions = positionsOf(before).map((along, at) => along + (at % 2 === 0 ? 50 : -30));
  const model = new GraphModel(graphOf(4, 7, [...pairs, [0, 6, 1, 1], [3, 6, 1, 1]]));
  const begin = keptPositions(model, { model: before, positions });
  const placeOf = (/** @type {string} */ key) => model.placeOf(key) ?? -1;
  const [site, added, alone] = ['site:site0.test', 'third-party:thirdparty6.test', 'site:site3.test'].map(placeOf);
  assert.equal(distance(begin, site ?? -1, added ?? -1), 0);
  assert.ok(Number.isNaN(begin[2 * (alone ?? -1)]));
  const grown = positionsOf(model, begin);
  assert.ok(grown.every(Number.isFinite));
  for (const [place, { key }] of before.nodes.entries()) {
    const [x, y] = [0, 1].map((axis) => (grown[2 * placeOf(key) + axis] ?? 0) - (positions[2 * place + axis] ?? 0));
    const away = Math.hypot(x ?? 0, y ?? 0);
    assert.ok(away < 40, `${key} went ${away}`);
  }
});

test('a_worker_that_was_given_up_does_not_end_the_one_that_runs', async () => {
  /** @type {FakeWorker[]} */
  const workers = [];
  class FakeWorker extends EventTarget {
    isEnded = false;
    constructor() {
      super();
      workers.push(this);
    }
    postMessage() {}
    terminate() {
      this.isEnded = true;
    }
  }
  Reflect.set(globalThis, 'Worker', FakeWorker);
  const run = new LayoutRun();
  const model = new GraphModel(graphOf(1, 1, [[0, 0, 1, 1]]));
  const [first, second] = [run.start(model, null, () => {}), run.start(model, null, () => {})];
  workers[0]?.dispatchEvent(new Event('error'));
  assert.equal(await first, null);
  assert.deepEqual(
    workers.map(({ isEnded }) => isEnded),
    [true, false],
  );
  const data = { positions: Float32Array.of(1, 2, 3, 4), isSettled: true };
  workers[1]?.dispatchEvent(new MessageEvent('message', { data }));
  assert.deepEqual(await second, data.positions);
  const third = run.start(model, null, () => {});
  workers[2]?.dispatchEvent(new Event('error'));
  await assert.rejects(third);
});

test('what_is_left_out_is_said_with_its_reason', () => {
  const most = { sites: 2, thirdParties: 3 };
  /**
   * @param {GraphView} view
   * @param {Partial<GraphView>} [all]
   */
  const said = (view, all = {}, least = 1) =>
    graphWords({ ...view, ...all }, new GraphModel(view), { least, isChosen: true, most }).slice(1);
  const whole = graphOf(2, 2, [
    [0, 0, 1, 1],
    [1, 1, 1, 1],
  ]);
  assert.deepEqual(said(whole), []);
  assert.deepEqual(said(whole, { allThirdParties: 9 }, 2), ['graphFiltered_other 2 2 9']);
  // Sites are left out, and a third party with them.
  const cut = graphOf(2, 3, [
    [0, 0, 1, 1],
    [1, 1, 1, 1],
  ]);
  const withSites = 'graphLeftOutWithSites_one 1';
  assert.deepEqual(said(cut, { allSites: 5 }), ['graphLeftOutSites_other 5 2', withSites]);
  assert.deepEqual(said(cut, { allSites: 5 }, 2).slice(1), ['graphMostSites_other 2', withSites]);
  assert.deepEqual(said(cut, { allSites: 5, matching: 7 }), [
    ...['graphLeftOut_other 7 2', 'graphMostSites_other 2'],
    withSites,
  ]);
});

test('a_picture_is_of_a_part_where_a_node_is_not_all_in_it', () => {
  const model = new GraphModel(graphOf(1, 1, [[0, 0, 1, 1]]));
  const scene = {
    model,
    positions: Float32Array.of(0, 0, 40, 0),
    size: { width: 600, height: 400 },
    chosen: undefined,
  };
  assert.equal(isPart({ ...scene, transform: { x: 300, y: 200, k: 1 } }), false);
  assert.equal(isPart({ ...scene, transform: { x: 300, y: 200, k: 10 } }), true);
  assert.equal(isPart({ ...scene, transform: { x: 1, y: 200, k: 1 } }), true);
});
