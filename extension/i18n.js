// Owns all that is said to the user: messages of _locales by key, and numbers, dates and names by the reader's language.
import { api } from './browser.js';

/**
 * The language that the messages are really in. Not the browser's: a Japanese browser gets the English messages, and
 * must get English plural rules with them, or it would ask for forms that no message has.
 */
const messageLanguage = api.i18n.getMessage('language') || 'en';

/** The reader's own variant of that language (fr-CA, en-GB), so that dates stand in the order that they are used to. */
const uiLanguage = api.i18n.getUILanguage();
const formatLanguage = uiLanguage.split('-')[0] === messageLanguage ? uiLanguage : messageLanguage;

const pluralRules = new Intl.PluralRules(messageLanguage);
const numberFormat = new Intl.NumberFormat(formatLanguage);
// Those below are made by their first use: a page that is to be there at once waits for none that it does not need.
const percentFormat = once(
  () => new Intl.NumberFormat(formatLanguage, { style: 'percent', maximumSignificantDigits: 2 }),
);
const clockFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { timeStyle: 'medium' }));
const dateFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { dateStyle: 'long' }));
const dateTimeFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { dateStyle: 'medium', timeStyle: 'short' }));
const collator = once(() => new Intl.Collator(formatLanguage, { numeric: true }));

/** First of the private-use characters that mark the place of an element in a sentence. */
const FIRST_MARK = 0xe000;

/**
 * A message.
 * @param {string} key
 * @param {...string} substitutions In the order of the message's placeholders.
 * @returns {string} The key itself where there is no such message: a gap that can be seen and reported.
 */
export function text(key, ...substitutions) {
  return api.i18n.getMessage(key, substitutions) || key;
}

/**
 * The key of the message for one of the core's names: that of `methodTerm` and `publicSuffix` is `methodTermPublicSuffix`.
 * @param {string} prefix
 * @param {string} name
 * @param {string} [suffix]
 * @returns {string}
 */
export function keyOf(prefix, name, suffix = '') {
  return `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}${suffix}`;
}

/**
 * A message in the form that the count asks for; the count is its first placeholder.
 * @param {string} key Without the form: `hostCount` for `hostCount_one`, `hostCount_other`.
 * @param {number} count
 * @param {...string} substitutions Those after the count.
 * @returns {string}
 */
export function plural(key, count, ...substitutions) {
  return text(`${key}_${pluralRules.select(count)}`, number(count), ...substitutions);
}

/**
 * A message with elements in the place of its placeholders, so that names from the network are never joined into text.
 * @param {string} key
 * @param {...(string | Node)} parts In the order of the message's placeholders.
 * @returns {(string | Node)[]} What to append.
 */
export function sentence(key, ...parts) {
  const marked = text(key, ...parts.map((_, index) => String.fromCharCode(FIRST_MARK + index)));
  return marked
    .split(/([\ue000-\ue0ff])/)
    .map((piece) => parts[piece.charCodeAt(0) - FIRST_MARK] ?? piece)
    .filter((piece) => piece !== '');
}

/**
 * @param {number} count
 * @returns {string}
 */
export function number(count) {
  return numberFormat.format(count);
}

/**
 * @param {number} share From 0 to 1.
 * @returns {string}
 */
export function percent(share) {
  return percentFormat().format(share);
}

/**
 * The time of day, to the second.
 * @param {number} ms
 * @returns {string}
 */
export function clock(ms) {
  return clockFormat().format(ms);
}

/**
 * The day.
 * @param {number} ms
 * @returns {string}
 */
export function date(ms) {
  return dateFormat().format(ms);
}

/**
 * A moment by itself: the time today, else the date too.
 * @param {number} ms
 * @returns {string}
 */
export function moment(ms) {
  return isToday(ms) ? clock(ms) : dateTimeFormat().format(ms);
}

/**
 * A moment inside a sentence: “at 14:02:31”, “on 3 May 2027, 14:02”.
 * @param {number} ms
 * @returns {string}
 */
export function atMoment(ms) {
  return isToday(ms) ? text('atTime', clock(ms)) : text('atDate', dateTimeFormat().format(ms));
}

/**
 * Orders two names as the reader's language does.
 * @param {string} left
 * @param {string} right
 * @returns {number}
 */
export function compareNames(left, right) {
  return collator().compare(left, right);
}

/**
 * Fills a page's fixed text: `data-i18n="key"` the content, `data-i18n-attr="title:key aria-label:key"` attributes.
 * @param {Document} page
 */
export function localise(page) {
  page.documentElement.lang = formatLanguage;
  for (const element of page.querySelectorAll('[data-i18n]')) {
    element.textContent = text(element.getAttribute('data-i18n') ?? '');
  }
  for (const element of page.querySelectorAll('[data-i18n-attr]')) {
    for (const pair of (element.getAttribute('data-i18n-attr') ?? '').split(' ')) {
      const [attribute = '', key = ''] = pair.split(':');
      element.setAttribute(attribute, text(key));
    }
  }
}

/**
 * @template Made
 * @param {() => Made} make
 * @returns {() => Made} Makes it once, and gives it every time.
 */
function once(make) {
  /** @type {Made | undefined} */
  let made;
  return () => (made ??= make());
}

/**
 * @param {number} ms
 * @returns {boolean}
 */
function isToday(ms) {
  return new Date(ms).toDateString() === new Date().toDateString();
}
