// Owns a page without a browser: as much of one as rows, buttons and parts of pages need while their tests run under Node. Import it
// before them.

class FakeElement extends EventTarget {
  /** @type {Map<string, string>} */
  #attributes = new Map();
  /** @type {(FakeElement | string)[]} */
  #content = [];
  /** @type {FakeElement | null} */
  parent = null;
  hidden = false;
  tabIndex = 0;
  title = '';
  style = { setProperty: () => {} };
  classList = { add: () => {}, toggle: () => {} };

  /** @param {string} name */
  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }

  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.#attributes.set(name, value);
  }

  /** @param {string} name */
  removeAttribute(name) {
    this.#attributes.delete(name);
  }

  get children() {
    return this.#content.filter((child) => child instanceof FakeElement);
  }

  get childElementCount() {
    return this.children.length;
  }

  get isConnected() {
    /** @type {FakeElement} */
    let top = this;
    while (top.parent) top = top.parent;
    return top === body;
  }

  /** @returns {string} */
  get textContent() {
    return this.#content.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  set textContent(words) {
    this.replaceChildren(words);
  }

  /** @param {...(FakeElement | string)} children */
  append(...children) {
    for (const child of children) {
      if (typeof child !== 'string') {
        child.remove();
        child.parent = this;
      }
      this.#content.push(child);
    }
  }

  /** @param {...(FakeElement | string)} children */
  replaceChildren(...children) {
    for (const child of this.children) child.remove();
    this.#content = [];
    this.append(...children);
  }

  remove() {
    if (this.parent) this.parent.#content = this.parent.#content.filter((child) => child !== this);
    this.parent = null;
  }

  /** @param {FakeElement} other */
  replaceWith(other) {
    if (!this.parent) return;
    other.remove();
    other.parent = this.parent;
    this.parent.#content = this.parent.#content.map((child) => (child === this ? other : child));
    this.parent = null;
  }

  /** @param {FakeElement | null} other */
  contains(other) {
    for (let one = other; one; one = one.parent) if (one === this) return true;
    return false;
  }

  cloneNode() {
    const copy = new FakeElement();
    for (const [name, value] of this.#attributes) copy.setAttribute(name, value);
    copy.append(...this.#content.map((child) => (typeof child === 'string' ? child : child.cloneNode())));
    return copy;
  }

  /** @param {string} selector Of one `data-testid`; by nothing else is anything found. @returns {FakeElement | null} */
  querySelector(selector) {
    for (const child of this.children) {
      if (selector === `[data-testid="${child.getAttribute('data-testid')}"]`) return child;
      const found = child.querySelector(selector);
      if (found) return found;
    }
    return null;
  }

  click() {
    this.dispatchEvent(new Event('click'));
  }

  focus() {
    page.document.activeElement = this;
  }
}

const body = new FakeElement();

/** The elements of the page's HTML, each made when it is first asked for. @type {Map<string, FakeElement>} */
const parts = new Map();

/**
 * @param {string} id
 * @returns {FakeElement}
 */
export function partOf(id) {
  const element = parts.get(id) ?? new FakeElement();
  parts.set(id, element);
  return element;
}

const page = /** @type {any} */ (globalThis);
page.HTMLElement = page.HTMLButtonElement = page.SVGUseElement = FakeElement;
page.document = {
  body,
  activeElement: null,
  createElement: () => new FakeElement(),
  createElementNS: () => new FakeElement(),
  getElementById: partOf,
  querySelector: () => null,
};
