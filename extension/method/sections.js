// Owns the sections of the method: what each shows of the core's view.
import { make, symbol } from '../../popup/element.js';
import { date, keyOf, text } from '../i18n.js';
import { ErrorCodes } from './error-codes.js';
import { statement } from './statement.js';

/** @typedef {import('../core/types.js').MethodView} MethodView */
/** @typedef {import('../core/types.js').GapRow} GapRow */
/** @typedef {import('../core/types.js').VersionRow} VersionRow */

/**
 * What each section holds below its first lines. A section that the core names and nobody draws fails the type check.
 * @type {Record<import('../core/types.js').Section, (view: MethodView) => Node[]>}
 */
export const SECTIONS = {
  terms: ({ terms, examples }) => [
    table(
      ['Term', 'Meaning'],
      terms.map((term) => ({
        attributes: { 'data-testid': 'term', 'data-term': term },
        cells: [statement('methodTerm', term), statement('methodTerm', term, 'Text')],
      })),
    ),
    make('h3', {}, text('methodExamples')),
    table(
      ['Page', 'Host', 'Domain', 'ThirdParty', 'Reason'],
      examples.map(({ page, host, domain, thirdParty, reason }) => ({
        attributes: { 'data-testid': 'example', 'data-host': host, 'data-third-party': String(thirdParty) },
        cells: [code(page), code(host), code(domain), yes(thirdParty), statement('methodExample', reason)],
      })),
    ),
  ],
  outcomes: ({ outcomes }) => [
    table(
      ['Outcome', 'Meaning', 'Contact', 'Key'],
      outcomes.map(({ outcome, contact }) => ({
        attributes: { 'data-testid': 'outcome', 'data-outcome': outcome, 'data-contact': String(contact) },
        cells: [statement('outcome', outcome), statement('outcome', outcome, 'Hint'), yes(contact), code(outcome)],
      })),
    ),
  ],
  attribution: ({ attributions }) => [
    make(
      'ul',
      { class: 'statements' },
      ...attributions.map((rule) =>
        make(
          'li',
          { 'data-testid': 'attribution', 'data-attribution': rule },
          make('h3', {}, ...statement('methodAttribution', rule)),
          make('p', {}, ...statement('methodAttribution', rule, 'Text')),
        ),
      ),
    ),
  ],
  gaps: ({ gaps }) => {
    const groups = new Set(gaps.map(({ group }) => group));
    return [...groups].flatMap((group) => [
      make('h3', { class: 'gap-group' }, text(keyOf('methodGroup', group))),
      ...(group === 'marked' ? [make('p', {}, ...statement('methodGroup', group, 'Text'))] : []),
      make('ul', { class: 'statements' }, ...gaps.filter((row) => row.group === group).map(gapItem)),
    ]);
  },
  errors: ({ errorRules, errors, outcomes }) => [
    make(
      'ol',
      { class: 'steps' },
      ...errorRules.map((rule) => make('li', { 'data-testid': 'error-rule' }, ...statement('methodError', rule))),
    ),
    ...new ErrorCodes(
      errors,
      outcomes.map(({ outcome }) => outcome),
    ).elements,
  ],
  versions: ({ versions }) => [
    make(
      'dl',
      { class: 'versions' },
      ...versions.map((row) =>
        make(
          'div',
          { 'data-testid': 'version', 'data-kind': row.kind, 'data-value': row.version },
          make('dt', {}, ...statement('methodVersion', row.kind)),
          make('dd', {}, versionText(row)),
        ),
      ),
    ),
  ],
};

/**
 * @param {readonly string[]} columns
 * @param {{ attributes: Record<string, string>, cells: (string | Node)[][] }[]} rows The first cell names its row.
 */
function table(columns, rows) {
  const heads = columns.map((name) => make('th', { scope: 'col' }, text(`methodColumn${name}`)));
  // On a narrow screen a row is a card, in which each cell says what its column's head does; a meaning needs no label.
  const labels = heads.map((head, place) => (columns[place] === 'Meaning' ? undefined : head.textContent));
  const lines = rows.map(({ attributes, cells: [name = [], ...others] }) =>
    make(
      'tr',
      attributes,
      make('th', { scope: 'row' }, ...name),
      ...others.map((cell, place) => make('td', { 'data-label': labels[place + 1] }, ...cell)),
    ),
  );
  return make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...lines));
}

/** @param {string} written */
function code(written) {
  return [make('code', {}, written)];
}

/** @param {boolean} is */
function yes(is) {
  return is ? [make('span', { class: 'yes' }, symbol('yes'), text('methodYes'))] : [text('methodNo')];
}

/** @param {GapRow} row */
function gapItem({ gap, effect, browser }) {
  return make(
    'li',
    { 'data-testid': 'known-gap', 'data-gap': gap, 'data-effect': effect, 'data-browser': browser ?? 'both' },
    make(
      'div',
      { class: 'statement-head' },
      make('h4', {}, ...statement('methodGap', gap)),
      ...(browser ? [make('span', { class: 'tag' }, text(keyOf('methodBrowser', browser)))] : []),
      make('span', { class: 'tag' }, symbol(effect), text(keyOf('methodEffect', effect))),
    ),
    make('p', {}, ...statement('methodGap', gap, 'Text')),
  );
}

/** @param {VersionRow} row */
function versionText({ kind, version }) {
  // Noon, so that the day is the same in every time zone.
  const published = kind === 'list' ? Date.parse(`${version.slice(0, 10)}T12:00`) : Number.NaN;
  return Number.isNaN(published) ? version : text('methodPublished', version, date(published));
}
