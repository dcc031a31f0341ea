// Owns the drawing of cases: webs and users by chance, from a seed, in a form that can be shrunk.
import fc from 'fast-check';

/**
 * @typedef {import('./case.js').Ask} Ask
 * @typedef {import('./case.js').Case} Case
 * @typedef {import('./case.js').Step} Step
 */

/** Public suffixes of each kind: plain, two labels, the private section, a wildcard, in another script, an address. */
const SITES = ['www.s0-#.fr', 'www.s1-#.co.uk', 's2-#.github.io', 'shop.s3-#.com', 's4-#.kawasaki.jp'];
const THIRDS = [
  'cdn.t0-#.com',
  'img.t0-#.com',
  'api.t1-#.co.uk',
  't2-#.github.io',
  't3-#.github.io',
  'stats.t4-#.asso.fr',
  'd5-#.cloudfront.net',
  'pix.t6-#.xn--p1ai',
  'a.b.t7-#.kawasaki.jp',
  '10.@.1',
];
const GONE = 'x.t8-#.invalid';
const BLOCKED = 'blocked.t9-#.com';
/** Hosts of the first site and its neighbours: own to one page, third to another. */
const NEIGHBOURS = ['static.s0-#.fr', 'api.s1-#.co.uk', 'www.s0-#.fr', 'cdn.s3-#.com'];

/** @param {readonly (readonly [number, string])[]} weighted @returns {fc.Arbitrary<any>} */
const oneOf = (weighted) => fc.oneof(...weighted.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const third = fc.constantFrom(...THIRDS);
const answering = fc.oneof(
  { weight: 10, arbitrary: third },
  { weight: 2, arbitrary: fc.constantFrom(...NEIGHBOURS) },
  { weight: 1, arbitrary: fc.constant('self') },
);
const host = fc.oneof(
  { weight: 12, arbitrary: answering },
  { weight: 1, arbitrary: fc.constant(GONE) },
  { weight: 1, arbitrary: fc.constant(BLOCKED) },
);
const via = fc.oneof(
  { weight: 5, arbitrary: fc.constant(/** @type {string[]} */ ([])) },
  { weight: 1, arbitrary: fc.array(third, { minLength: 1, maxLength: 3 }) },
);

const KINDS = /** @type {const} */ ([
  [5, 'image'],
  [4, 'script'],
  [2, 'stylesheet'],
  [1, 'font'],
  [1, 'media'],
  [3, 'fetch'],
  [2, 'post'],
  [2, 'xhr'],
  [2, 'beacon'],
  [2, 'unload-beacon'],
  [1, 'websocket'],
  [1, 'eventsource'],
  [1, 'worker'],
  [1, 'preload'],
  [1, 'prefetch'],
]);
const FATES = /** @type {const} */ ([
  [10, 'ok'],
  [2, 'slow'],
  [1, 'missing'],
  [1, 'drop'],
  [1, 'etag'],
  [2, 'keep'],
]);
const KEPT = ['image', 'script', 'stylesheet', 'fetch'];
/** Kinds that follow no redirect, or of which only the first answer matters. */
const STRAIGHT = ['websocket', 'worker', 'unload-beacon'];

/** @type {fc.Arbitrary<Ask>} */
const plainAsk = fc
  .record({
    kind: oneOf(KINDS),
    host,
    via,
    fate: oneOf(FATES),
    by: fc.constantFrom(/** @type {const} */ ('script'), 'markup'),
    scheme: /** @type {fc.Arbitrary<'https' | 'http'>} */ (
      oneOf([
        [7, 'https'],
        [1, 'http'],
      ])
    ),
  })
  .map((ask) => possible(ask));

/**
 * Leaves out what cannot be together.
 *
 * @param {Ask} ask
 * @returns {Ask}
 */
function possible(ask) {
  const straight = STRAIGHT.includes(ask.kind) || ask.fate === 'keep';
  const kept = ask.fate !== 'keep' || (KEPT.includes(ask.kind) && ask.host !== 'self');
  // A browser asks again by itself where a connection ends without a word, but never posts twice.
  const dropped = ask.fate !== 'drop' || ask.kind === 'post';
  return {
    ...ask,
    ...(straight && { via: [] }),
    ...(!(kept && dropped) && { fate: 'ok' }),
  };
}

/**
 * @param {number} from the frames that may be held are of this place or a higher one
 * @param {number} frames
 * @returns {fc.Arbitrary<Ask>}
 */
function ask(from, frames) {
  if (from >= frames) return plainAsk;
  const frame = fc.record({
    kind: fc.constant(/** @type {const} */ ('frame')),
    host: fc.oneof({ weight: 8, arbitrary: third }, { weight: 1, arbitrary: fc.constantFrom(GONE, BLOCKED, 'self') }),
    via,
    fate: /** @type {fc.Arbitrary<import('./case.js').Fate>} */ (
      oneOf([
        [6, 'ok'],
        [1, 'slow'],
        [1, 'missing'],
      ])
    ),
    by: fc.constantFrom(/** @type {const} */ ('script'), 'markup'),
    scheme: /** @type {fc.Arbitrary<'https' | 'http'>} */ (fc.constant('https')),
    frame: fc.integer({ min: from, max: frames - 1 }),
  });
  return fc.oneof({ weight: 5, arbitrary: plainAsk }, { weight: 1, arbitrary: frame });
}

const FRAMES = 3;
const frames = fc.tuple(
  ...Array.from({ length: FRAMES }, (_, place) =>
    fc.record({ asks: fc.array(ask(place + 1, FRAMES), { maxLength: 4 }) }),
  ),
);

/** @type {fc.Arbitrary<import('./case.js').Site>} */
const site = fc
  .record({
    host: fc.constantFrom(...SITES),
    scheme: /** @type {fc.Arbitrary<'https' | 'http'>} */ (
      oneOf([
        [5, 'https'],
        [1, 'http'],
      ])
    ),
    worker: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    pages: fc.array(
      fc.record(
        { asks: fc.array(ask(0, FRAMES), { maxLength: 7 }), prerenders: fc.constantFrom(0, 1) },
        { requiredKeys: ['asks'] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map((drawn) => ({
    ...drawn,
    pages: drawn.pages.map(({ asks, prerenders }, place) =>
      prerenders === undefined || prerenders >= drawn.pages.length || prerenders === place
        ? { asks }
        : { asks, prerenders },
    ),
  }));

const wait = fc.oneof(
  { weight: 3, arbitrary: fc.constant(/** @type {const} */ ('rest')) },
  { weight: 1, arbitrary: fc.constant(/** @type {const} */ ('done')) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) },
);
const tab = fc.nat(2);
const to = fc.record({
  site: fc.nat(2),
  page: fc.nat(2),
  via: fc.oneof(
    { weight: 4, arbitrary: fc.constant(/** @type {string[]} */ ([])) },
    { weight: 1, arbitrary: fc.array(third, { minLength: 1, maxLength: 2 }) },
  ),
});

/** @type {fc.Arbitrary<Step>} */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant(/** @type {const} */ ('open')), to, wait }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant(/** @type {const} */ ('go')),
      tab,
      to,
      by: fc.constantFrom(/** @type {const} */ ('address'), 'link'),
      wait,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(/** @type {const} */ ('reload'), 'back', 'back', 'forward'),
      tab,
      wait,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant(/** @type {const} */ ('close')), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant(/** @type {const} */ ('inside')),
      tab,
      by: fc.constantFrom(/** @type {const} */ ('push'), 'hash'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant(/** @type {const} */ ('later')), tab, ask: laterAsk() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant(/** @type {const} */ ('kill')) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant(/** @type {const} */ ('restart')), rested: fc.boolean() }) },
);

/** @returns {fc.Arbitrary<Ask>} */
function laterAsk() {
  return fc.record({
    kind: fc.constantFrom(/** @type {const} */ ('fetch'), 'image', 'beacon'),
    host,
    via,
    fate: /** @type {fc.Arbitrary<import('./case.js').Fate>} */ (fc.constantFrom('ok', 'slow')),
    by: fc.constant(/** @type {const} */ ('script')),
    scheme: fc.constant(/** @type {const} */ ('https')),
  });
}

/** Cases by chance. @type {fc.Arbitrary<Case>} */
export const randomCase = fc
  .record({
    sites: fc.uniqueArray(site, { minLength: 1, maxLength: 3, selector: ({ host: name }) => name }),
    frames,
    steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  })
  .map((drawn) => ({ ...drawn, steps: reachable(drawn.steps, drawn.sites) }));

/**
 * The steps to pages that there are, the first of them the opening of one.
 *
 * @param {Step[]} steps
 * @param {import('./case.js').Site[]} sites
 * @returns {Step[]}
 */
function reachable(steps, sites) {
  const led = steps.map((one) => {
    if (one.do !== 'open' && one.do !== 'go') return one;
    const place = one.to.site % sites.length;
    const pages = sites[place]?.pages.length ?? 1;
    return { ...one, to: { ...one.to, site: place, page: one.to.page % pages } };
  });
  const [first] = led;
  if (first?.do === 'open') return led;
  return [{ do: 'open', to: { site: 0, page: 0, via: [] }, wait: 'rest' }, ...led];
}
