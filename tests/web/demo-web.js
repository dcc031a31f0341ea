// Owns the demo: a fictional newspaper and its third parties, and pages with none, five and a crowd of them.
import { articlesHtml } from './demo-articles.js';

/** @typedef {import('./page-requests.js').PageRequest} PageRequest */
/** @typedef {import('./page-requests.js').PageRequestKind} PageRequestKind */
/** @typedef {import('./web.js').TestWeb} TestWeb */

/** Every name is fictional and under `.test` (RFC 6761), where the registrable domain is the last two labels. */
export const DEMO_URLS = {
  journal: 'https://www.lejournal.test/',
  article: 'https://www.lejournal.test/economie/les-forets-du-nord',
  zero: 'https://zero.test/',
  five: 'https://five.test/',
  crowd: 'https://crowd.test/',
};

/** The third-party domains that a visit of the journal's front page contacts. */
export const JOURNAL_THIRD_PARTIES = [
  'annonces.test',
  'audience.test',
  'balises.test',
  'consentement.test',
  'encheres.test',
  'flux.test',
  'fontes.test',
  'presse-photo.test',
  'profils.test',
  'regie.test',
  'reseau.test',
  'spots.test',
];

/**
 * Declares the demo's pages and everything that they ask for.
 * @param {TestWeb} web
 */
export function declareDemo(web) {
  declarePictures(web);
  declareAdvertising(web);
  const html = articlesHtml();
  web.page(DEMO_URLS.journal, { ...html.front, language: 'fr', requests: journalRequests('une') });
  web.page(DEMO_URLS.article, { ...html.article, language: 'fr', requests: journalRequests('article') });
  web.page(DEMO_URLS.zero, {
    title: 'Zero',
    body: '<h1>A page that asks nobody else</h1>',
    requests: [
      { kind: 'script', url: 'https://zero.test/app.js' },
      { kind: 'image', url: 'https://static.zero.test/logo.png' },
    ],
  });
  web.page(DEMO_URLS.five, {
    title: 'Five',
    body: '<h1>A page with five third parties</h1>',
    requests: [
      { kind: 'script', url: 'https://five.test/app.js' },
      { kind: 'font', url: 'https://cdn.fontes.test/serif.woff2' },
      { kind: 'script', url: 'https://tag.balises.test/loader.js' },
      { kind: 'image', url: 'https://pixel.audience.test/hit.gif' },
      { kind: 'frame', url: 'https://player.spots.test/embed' },
      { kind: 'fetch', url: 'https://api.flux.test/latest.json' },
    ],
  });
  web.page(DEMO_URLS.crowd, {
    title: 'Crowd',
    body: '<h1>A page with a hundred and fifty third parties</h1>',
    requests: crowdRequests(),
  });
}

/**
 * @param {string} section
 * @returns {PageRequest[]}
 */
function journalRequests(section) {
  return [
    { kind: 'stylesheet', url: 'https://static.lejournal.test/style.css' },
    { kind: 'script', url: 'https://static.lejournal.test/journal.js' },
    { kind: 'stylesheet', url: 'https://cdn.fontes.test/css?famille=Lecture' },
    { kind: 'font', url: 'https://cdn.fontes.test/lecture-regular.woff2' },
    { kind: 'font', url: 'https://cdn.fontes.test/lecture-gras.woff2' },
    { kind: 'script', url: 'https://choix.consentement.test/bandeau.js' },
    { kind: 'script', url: 'https://www.balises.test/conteneur.js?id=LJ-2041' },
    { kind: 'image', url: `https://pixel.audience.test/vue.gif?section=${section}` },
    { kind: 'xhr', url: 'https://collecte.audience.test/visite' },
    { kind: 'beacon', url: 'https://collecte.audience.test/temps' },
    { kind: 'unload-beacon', url: `https://collecte.audience.test/depart?section=${section}` },
    { kind: 'script', url: 'https://ads.regie.test/enchere.js' },
    { kind: 'frame', url: 'https://ads.regie.test/cadre/haut' },
    { kind: 'script', url: 'https://boutons.reseau.test/partage.js' },
    { kind: 'frame', url: 'https://www.reseau.test/bouton?page=lejournal' },
    { kind: 'websocket', url: 'wss://direct.flux.test/depeches' },
    // Gone out of business: its name does not resolve any more.
    { kind: 'image', url: 'https://mesure.ancienne-regie.invalid/p.gif' },
  ];
}

/**
 * Frames inside frames, and a chain of redirects that makes three domains know the same reader.
 * @param {TestWeb} web
 */
function declareAdvertising(web) {
  web.page('https://ads.regie.test/cadre/haut', {
    title: 'publicité',
    requests: [
      { kind: 'frame', url: 'https://cadre.annonces.test/728x90' },
      { kind: 'image', url: 'https://sync.encheres.test/debut?gagnant=7' },
    ],
  });
  web.page('https://cadre.annonces.test/728x90', {
    title: 'annonce',
    requests: [
      { kind: 'image', url: 'https://images.annonces.test/banniere.png' },
      { kind: 'media', url: 'https://video.spots.test/quinze-secondes.mp4' },
    ],
  });
  web.redirects([
    'https://sync.encheres.test/debut?gagnant=7',
    'https://match.profils.test/reconnait?de=encheres',
    'https://sync.encheres.test/fin?profil=4d1f',
  ]);
}

/**
 * Pictures that look like something: a horizon, its colours drawn from the file's name.
 * @param {TestWeb} web
 */
function declarePictures(web) {
  web.serve('images.presse-photo.test', ({ path }) => {
    const hue = [...path].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
    const ridge = [...path].map((letter, x) => `${x * 24},${140 + (letter.charCodeAt(0) % 50)}`).join(' ');
    return {
      headers: { 'content-type': 'image/svg+xml' },
      body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 270">
        <linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 60% 78%)"/>
        <stop offset="1" stop-color="hsl(${(hue + 40) % 360} 70% 90%)"/></linearGradient>
        <rect width="480" height="270" fill="url(#sky)"/><circle cx="360" cy="80" r="34" fill="hsl(${hue} 80% 94%)"/>
        <polygon points="0,270 0,170 ${ridge} 480,150 480,270" fill="hsl(${hue} 30% 36%)"/></svg>`,
    };
  });
}

const CROWD_SIZE = 150;
const FIRST = ['ad', 'pixel', 'data', 'tag', 'sync', 'click', 'metric', 'audience', 'bid', 'track', 'reach', 'signal'];
const SECOND = [
  'hub',
  'flow',
  'nest',
  'wave',
  'lab',
  'forge',
  'path',
  'spark',
  'grid',
  'loop',
  'point',
  'works',
  'gate',
];
/** @type {PageRequestKind[]} */
const CROWD_KINDS = ['image', 'script', 'fetch', 'image', 'xhr', 'frame'];

/** @returns {PageRequest[]} */
function crowdRequests() {
  const names = FIRST.flatMap((first) => SECOND.map((second) => `${first}${second}.test`)).slice(0, CROWD_SIZE);
  return names.map((name, index) => ({
    kind: CROWD_KINDS[index % CROWD_KINDS.length] ?? 'image',
    url: `https://${index % 3 === 0 ? 'cdn.' : ''}${name}/${index}`,
  }));
}
