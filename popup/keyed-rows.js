// Owns rows that outlive a redraw: one element a key, updated in place, moved only where its order changed.

/**
 * A row on the screen.
 * @template Item
 * @typedef {{ element: HTMLElement, draw: (item: Item) => void }} Row
 */

/**
 * Gives every item its row: a new one, or the one that it had. Rows of items that are gone are forgotten.
 * @template Item
 * @template {Row<Item>} Drawn
 * @param {Map<string, Drawn>} rows By key; changed here.
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} key
 * @param {(item: Item) => Drawn} create
 * @returns {Drawn[]} In the order of the items.
 */
export function matchRows(rows, items, key, create) {
  const gone = new Set(rows.keys());
  const drawn = items.map((item) => {
    const name = key(item);
    gone.delete(name);
    let row = rows.get(name);
    if (!row) {
      row = create(item);
      rows.set(name, row);
    }
    row.draw(item);
    return row;
  });
  for (const name of gone) rows.delete(name);
  return drawn;
}

/**
 * Draws rows that can go from one parent to another: moving them there takes the focus from them, and they get it back.
 * @param {() => void} draw
 * @param {() => HTMLElement | null} [title] Gets the focus where who had it is gone, or can be seen no more.
 */
export function keepingFocus(draw, title) {
  const { activeElement } = document;
  draw();
  if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return;
  if (title && !activeElement.checkVisibility()) title()?.focus();
  else if (activeElement !== document.activeElement && activeElement.isConnected) activeElement.focus();
}

/**
 * Makes these elements, in this order, the children of a parent. The child that holds the focus is never moved, as
 * moving an element takes the focus from it: the others move around it.
 * @param {Element} parent
 * @param {readonly Element[]} elements
 */
export function placeChildren(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  const focused = elements.find((element) => element.parentNode === parent && element.contains(document.activeElement));
  let cursor = parent.firstElementChild;
  for (const element of elements) {
    if (element === focused) {
      while (cursor && cursor !== focused) {
        const next = cursor.nextElementSibling;
        parent.append(cursor);
        cursor = next;
      }
    }
    if (element === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(element, cursor);
  }
}
