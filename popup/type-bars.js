// Owns the bars: a page's requests by type.
import { number, text } from '../extension/i18n.js';
import { drawMeasure, drawNumeral, drawText, make, measure, numeral } from './element.js';
import { matchRows, placeChildren } from './keyed-rows.js';
import { groupLabel, groupTypes, isOther } from './type-group.js';

/** @typedef {import('./type-group.js').TypeGroup} TypeGroup */

export class TypeBars {
  /** @type {Map<string, TypeBar>} */
  #bars = new Map();
  #list;
  #largest = 1;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /** @param {readonly import('../extension/core/types.js').TypeCount[]} types */
  draw(types) {
    const groups = groupTypes(types);
    this.#largest = Math.max(1, ...groups.map((group) => group.requests));
    const rows = matchRows(
      this.#bars,
      groups,
      (group) => group.name,
      (group) => new TypeBar(group, () => this.#largest),
    );
    placeChildren(
      this.#list,
      rows.map((row) => row.element),
    );
  }
}

class TypeBar {
  #bar = measure();
  #count = numeral('type-requests', 0, 'type-count');
  #members = make('span', { class: 'type-members' });
  #largest;

  /**
   * @param {TypeGroup} group
   * @param {() => number} largest The longest bar's number.
   */
  constructor(group, largest) {
    this.#largest = largest;
    this.element = make(
      'li',
      { class: 'type', 'data-testid': 'type-row', 'data-type': group.name.toLowerCase() },
      make('span', {}, groupLabel(group)),
      this.#bar,
      this.#count,
      this.#members,
    );
  }

  /** @param {TypeGroup} group */
  draw(group) {
    drawNumeral(this.#count, group.requests);
    drawMeasure(this.#bar, group.requests / this.#largest());
    const members = group.members.map((member) => text('typeNamed', member.type, number(member.requests)));
    const line = members.join(text('listSeparator'));
    this.element.title = line;
    this.#members.hidden = !isOther(group);
    drawText(this.#members, isOther(group) ? line : '');
  }
}
