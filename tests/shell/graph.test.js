// Proves what the graph is made of: where its nodes lie, whose names are written, what a point or a key leads to, what the table has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GraphModel } from '../../extension/dashboard/graph/graph-model.js';
import { clipped } from '../../extension/dashboard/graph/graph-picture.js';
import { pageOf, rowsOf } from '../../extension/dashboard/graph/link-rows.js';
import { overlap, placeNames, shortName } from '../../extension/dashboard/graph/name-places.js';
import { fit, nearestTowards, nodeAt, nodeScale } from '../../extension/dashboard/graph/view-port.js';
import { distance, graphOf, graphs, positionsOf } from './made-graph.js';

test('the_same_graph_lies_in_the_same_way_and_each_node_has_a_place_of_its_own', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const model = new GraphModel(graph);
      const positions = positionsOf(model);
      assert.deepEqual(positionsOf(new GraphModel(structuredClone(graph))), positions);
      assert.equal(positions.length, 2 * model.nodes.length);
      assert.ok(positions.every(Number.isFinite));
      for (const one of model.nodes.keys()) {
        for (const other of model.nodes.keys()) if (one < other) assert.ok(distance(positions, one, other) > 1);
      }
    }),
    { numRuns: 25 },
  );
});

test('what_is_linked_lies_nearer_than_what_is_not', () => {
  const model = new GraphModel(
    graphOf(
      2,
      6,
      [0, 1, 2].flatMap((at) => [
        [0, at, 1, 1],
        [1, at + 3, 1, 1],
      ]),
    ),
  );
  const positions = positionsOf(model);
  const [own, others] = [
    [2, 3, 4],
    [5, 6, 7],
  ].map((places) => Math.max(...places.map((at) => distance(positions, 0, at))));
  assert.ok((own ?? 0) < (others ?? 0), `${own} < ${others}`);
});

test('a_model_has_each_link_from_both_ends_and_the_largest_nodes_first', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { nodes, links, bySize } = new GraphModel(graph);
      const ends = nodes.flatMap(({ neighbours }, place) => neighbours.map((other) => [place, other]));
      const expected = links.flatMap(({ site, thirdParty }) => [
        [site, thirdParty],
        [thirdParty, site],
      ]);
      assert.deepEqual(ends.map(String).sort(), expected.map(String).sort());
      assert.ok(ends.every(([one = 0, other = 0]) => nodes[one]?.kind !== nodes[other]?.kind));
      const sizes = bySize.map((place) => nodes[place]?.radius ?? -1);
      assert.deepEqual(
        sizes,
        [...sizes].sort((one, other) => other - one),
      );
    }),
  );
});

test('a_third_party_whose_sites_are_all_left_out_is_not_drawn', () => {
  const { nodes, links, sites, thirdParties } = new GraphModel(graphOf(1, 3, [[0, 2, 5, 1]]));
  assert.deepEqual([sites, thirdParties, nodes.map(({ name }) => name)], [1, 1, ['site0.test', 'thirdparty2.test']]);
  assert.deepEqual(links, [{ site: 0, thirdParty: 1, requests: 5, visits: 1 }]);
});

test('a_domain_that_is_a_site_and_a_third_party_is_two_nodes', () => {
  const graph = graphOf(1, 1, [[0, 0, 1, 1]]);
  for (const node of [...graph.sites, ...graph.thirdParties]) [node.name, node.text] = ['both.test', 'both.test'];
  const model = new GraphModel(graph);
  assert.deepEqual([model.placeOf('site:both.test'), model.placeOf('third-party:both.test')], [0, 1]);
  assert.equal(model.placeOf('both.test'), undefined);
});

test('a_search_finds_the_name_itself_first_then_what_begins_so_then_what_holds_it', () => {
  const graph = graphOf(
    1,
    4,
    [0, 1, 2, 3].map((at) => [0, at, 1, 1]),
  );
  const names = ['my-ads.test', 'ads.test.example', 'ads.test', 'other.test'];
  for (const [at, node] of graph.thirdParties.entries()) [node.name, node.text] = [names[at] ?? '', names[at] ?? ''];
  const model = new GraphModel(graph);
  const found = (/** @type {string} */ words) => model.find(words).map((key) => key.replace('third-party:', ''));
  assert.deepEqual(found(' ADS.test'), ['ads.test', 'ads.test.example', 'my-ads.test']);
  assert.deepEqual([found(''), found('nobody')], [[], []]);
});

const screenSize = { width: 600, height: 400 };
const candidates = fc.array(
  fc.record({
    x: fc.integer({ min: -50, max: 650 }),
    y: fc.integer({ min: -50, max: 450 }),
    radius: fc.integer({ min: 1, max: 30 }),
    width: fc.integer({ min: 5, max: 220 }),
  }),
  { maxLength: 80 },
);

test('no_two_names_overlap_and_each_is_beside_its_node_within_the_screen', () => {
  fc.assert(
    fc.property(candidates, fc.nat(60), (drawn, most) => {
      const nodes = drawn.map((node, place) => ({ ...node, place }));
      const names = placeNames(nodes, nodes, screenSize, most);
      assert.ok(names.length <= most);
      assert.equal(new Set(names.map(({ place }) => place)).size, names.length);
      for (const [at, name] of names.entries()) {
        assert.ok(names.slice(at + 1).every((other) => !overlap(name, other)));
        assert.ok(name.left >= 0 && name.left + name.width <= screenSize.width);
        const { x = 0, y = 0, radius = 0 } = drawn[name.place] ?? {};
        const isOnNode = overlap(name, {
          place: -1,
          left: x - radius,
          middle: y,
          width: 2 * radius,
          height: 2 * radius,
        });
        assert.ok(!isOnNode, 'a name covers its own node');
      }
      // The first choice is the first one's, wherever its node is on the screen with room beside it.
      const first = nodes.find(({ x, y }) => x > 260 && x < 340 && y > 40 && y < 360);
      if (first && first === nodes[0] && most > 0) assert.equal(names[0]?.place, 0);
    }),
  );
});

test('a_long_name_keeps_its_beginning_its_end_and_whole_letters', () => {
  assert.equal(shortName('example.test'), 'example.test');
  const long = `${'👩‍👩‍👧'.repeat(60)}.example.test`;
  const short = shortName(long);
  assert.equal(short.endsWith('👧.example.test'), true);
  assert.equal([...new Intl.Segmenter().segment(short)].length, 32);
  assert.ok(short.startsWith('👩‍👩‍👧'.repeat(11)));
});

test('a_whole_graph_fits_its_screen_whatever_it_is', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const model = new GraphModel(graph);
      const positions = positionsOf(model);
      const { x, y, k } = fit(positions, model.nodes, screenSize);
      for (const [place, { radius }] of model.nodes.entries()) {
        const [nodeX, nodeY] = [(positions[2 * place] ?? 0) * k + x, (positions[2 * place + 1] ?? 0) * k + y];
        const drawn = radius * nodeScale(k);
        assert.ok(nodeX - drawn >= 0 && nodeX + drawn <= screenSize.width);
        assert.ok(nodeY - drawn >= 0 && nodeY + drawn <= screenSize.height);
      }
    }),
    { numRuns: 25 },
  );
});

test('a_point_meets_the_node_whose_middle_is_nearest_and_none_beside_all_nodes', () => {
  const nodes = [{ radius: 10 }, { radius: 10 }, { radius: 2 }];
  const positions = Float32Array.of(0, 0, 15, 0, 100, 100);
  const transform = { x: 50, y: 20, k: 1 };
  const at = (/** @type {number} */ x, /** @type {number} */ y, slack = 0) =>
    nodeAt(nodes, positions, transform, [x, y], slack);
  assert.deepEqual([at(50, 20), at(57, 20), at(58, 20), at(65, 29)], [0, 0, 1, 1]);
  assert.deepEqual([at(80, 20), at(154, 120), at(154, 120, 3)], [undefined, undefined, 2]);
});

test('an_arrow_leads_to_the_nearest_node_on_its_side', () => {
  const positions = Float32Array.of(0, 0, 10, 2, 30, 0, -5, 1, 1, 20, 2, -7);
  const places = [0, 1, 2, 3, 4, 5];
  const lead = (/** @type {import('../../extension/dashboard/graph/view-port.js').Direction} */ direction) =>
    nearestTowards(places, positions, 0, direction);
  assert.deepEqual([lead('ArrowRight'), lead('ArrowLeft'), lead('ArrowDown'), lead('ArrowUp')], [1, 3, 4, 5]);
  assert.equal(nearestTowards([0, 3], positions, 0, 'ArrowRight'), undefined);
});

test('a_link_in_the_picture_ends_at_its_edge', () => {
  const point = fc.integer({ min: -900, max: 1500 });
  fc.assert(
    fc.property(fc.tuple(point, point, point, point), (line) => {
      const inside = clipped(line, screenSize);
      if (!inside) return;
      const [x1, y1, x2, y2] = inside;
      for (const x of [x1, x2]) assert.ok(x > -1e-6 && x < screenSize.width + 1e-6);
      for (const y of [y1, y2]) assert.ok(y > -1e-6 && y < screenSize.height + 1e-6);
    }),
  );
  assert.deepEqual(clipped([-100, 200, 700, 200], screenSize), [0, 200, 600, 200]);
  assert.equal(clipped([-100, 0, -1, 400], screenSize), null);
});

test('the_table_has_each_link_once_in_any_order_page_by_page', () => {
  const sorts = /** @type {const} */ (['site', 'thirdParty', 'visits', 'requests']);
  fc.assert(
    fc.property(
      graphs,
      fc.constantFrom(...sorts),
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      (graph, sort, back, limit) => {
        const rows = rowsOf(new GraphModel(graph));
        const query = { search: '', sort, back, limit };
        const pages = Array.from({ length: Math.ceil(rows.length / limit) }, (_, at) =>
          pageOf(rows, { ...query, offset: at * limit }),
        );
        const all = pages.flatMap((page) => page.rows);
        assert.deepEqual(new Set(all), new Set(rows));
        assert.equal(all.length, graph.links.length);
        const values = all.map((row) => (sort === 'site' || sort === 'thirdParty' ? row[sort].name : -row[sort]));
        const sorted = [...values].sort((one, other) => (one < other ? -1 : Number(one > other)));
        assert.deepEqual(values, back ? sorted.reverse() : sorted);
      },
    ),
  );
});
