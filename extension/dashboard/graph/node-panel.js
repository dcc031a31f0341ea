// Owns what is said of the node that is chosen in the graph: its name, its figures, the way to all that is known of it, whom it is linked to.
import { hostName, make } from '../../../popup/element.js';
import { plural, text } from '../../i18n.js';

/**
 * @typedef {import('./graph-model.js').GraphModel} GraphModel
 * @typedef {import('./graph-model.js').Node} Node
 */

/** Neighbours that are named: the page of the node has all. */
const MOST_NEIGHBOURS = 12;

/** What each kind is called, what its degree is a number of, and what its neighbours are. */
const WORDS = {
  site: { kind: 'columnSite', degree: 'thirdPartyCount', neighbours: 'thirdPartiesOfSite' },
  'third-party': { kind: 'columnThirdParty', degree: 'graphMetOn', neighbours: 'sitesOfThirdParty' },
};

export class NodePanel {
  #place;
  #onChoose;
  #onLeft;
  /** Who listens hears which node is chosen, not all that there is to do with it. */
  #said = make('div', { role: 'status', 'data-testid': 'graph-said' });
  #more = make('div');
  /** What is said, and what is offered, as text: what is the same is left as it is, with the focus that it has. */
  #drawn = { said: '', more: '' };
  element = make('div', { class: 'graph-panel', 'data-testid': 'graph-panel' }, this.#said, this.#more);

  /**
   * @param {import('../place.js').Place} place
   * @param {{ onChoose: (key: string) => void, onLeft: () => void }} parts `onChoose`: the reader wants another node, or none; `onLeft`: the panel had the
   *   focus, and is empty.
   */
  constructor(place, { onChoose, onLeft }) {
    this.#place = place;
    this.#onChoose = onChoose;
    this.#onLeft = onLeft;
  }

  /**
   * @param {GraphModel} model
   * @param {string} chosen The key of a node; empty: none.
   */
  draw(model, chosen) {
    const held = this.element.contains(document.activeElement) ? document.activeElement : null;
    const node = model.nodes[model.placeOf(chosen) ?? -1];
    this.element.hidden = !node;
    this.element.dataset['name'] = node?.key ?? '';
    this.#drawSaid(node);
    this.#drawMore(model, node);
    if (!held || this.element.contains(document.activeElement)) return;
    if (node) this.#focusAgain(held);
    else this.#onLeft();
  }

  /** @param {Node} [node] */
  #drawSaid(node) {
    const { kind, degree } = WORDS[node?.kind ?? 'site'];
    const figures = node ? [plural(degree, node.degree), plural('requestCount', node.requests)] : [];
    if (!this.#isNew('said', [node?.key, figures])) return;
    if (!node) this.#said.replaceChildren();
    else
      this.#said.replaceChildren(
        make('p', { class: 'soft small' }, text(kind)),
        make('h2', { tabindex: -1 }, hostName(node.text, node.name)),
        make('p', { 'data-testid': 'graph-figures', 'data-value': node.degree }, figures.join(text('listSeparator'))),
      );
  }

  /**
   * @param {GraphModel} model
   * @param {Node} [node]
   */
  #drawMore(model, node) {
    const seen = node?.neighbours.map((place) => model.nodes[place]?.key);
    const address = node && this.#place.of(node.kind, node.name);
    if (!this.#isNew('more', [node?.key, node?.degree, seen, address])) return;
    this.#more.replaceChildren(...(node ? [this.#actions(node), ...this.#neighbours(model, node)] : []));
  }

  /**
   * @param {'said' | 'more'} part
   * @param {unknown[]} content
   */
  #isNew(part, content) {
    const before = this.#drawn[part];
    this.#drawn[part] = JSON.stringify(content);
    return this.#drawn[part] !== before;
  }

  /**
   * What had the focus was made anew, or led to what is told now: then that is read from its heading.
   *
   * @param {Element} held
   */
  #focusAgain(held) {
    const isSame = (/** @type {HTMLElement} */ { dataset }) =>
      dataset['testid'] === held.getAttribute('data-testid') &&
      dataset['name'] === (held.getAttribute('data-name') ?? undefined);
    const again = [...this.#more.querySelectorAll('a, button')]
      .filter((one) => one instanceof HTMLElement)
      .find(isSame);
    (again ?? this.#said.querySelector('h2'))?.focus();
  }

  /** @param {Node} node */
  #actions({ kind, name }) {
    const all = make('a', { href: this.#place.of(kind, name), 'data-testid': 'graph-page' }, text('graphPage'));
    const clear = make('button', { type: 'button', class: 'link', 'data-testid': 'graph-clear' }, text('graphClear'));
    clear.addEventListener('click', () => this.#onChoose(''));
    return make('p', { class: 'graph-actions' }, all, clear);
  }

  /**
   * @param {GraphModel} model
   * @param {Node} node
   */
  #neighbours(model, { kind, neighbours, degree }) {
    if (neighbours.length === 0) return [];
    const items = neighbours.slice(0, MOST_NEIGHBOURS).map((place) => {
      const { text: written = '', name = '', key = '' } = model.nodes[place] ?? {};
      const attributes = { type: 'button', class: 'link', 'data-testid': 'graph-neighbour', 'data-name': key };
      const button = make('button', attributes, hostName(written, name));
      button.addEventListener('click', () => this.#onChoose(key));
      return make('li', {}, button);
    });
    const left = neighbours.length - items.length;
    return [
      make('h3', {}, text(WORDS[kind].neighbours)),
      // The figure is of the whole period.
      ...(neighbours.length < degree
        ? [make('p', { class: 'soft small' }, plural('graphOfThemHere', neighbours.length))]
        : []),
      make('ul', {}, ...items),
      ...(left > 0 ? [make('p', { class: 'soft small' }, plural('graphMoreNeighbours', left))] : []),
    ];
  }
}
