// Owns all that is said to the user: messages of _locales by key, and numbers, dates and names by the reader's language.
import { api } from './browser.js';
import { failureOf } from './failure.js';

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
const decimalFormat = once(
  () =>
    new Intl.NumberFormat(formatLanguage, {
      maximumFractionDigits: 1,
      maximumSignificantDigits: 2,
      roundingPriority: 'morePrecision',
    }),
);
const compactFormat = once(
  () => new Intl.NumberFormat(formatLanguage, { notation: 'compact', maximumSignificantDigits: 3 }),
);
const dayFormat = once(
  () =>
    new Intl.DateTimeFormat(formatLanguage, {
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    }),
);
const shortDayFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { dateStyle: 'medium', timeZone: 'UTC' }));
const partFormats = {
  day: once(() => new Intl.DateTimeFormat(formatLanguage, { month: 'short', day: 'numeric', timeZone: 'UTC' })),
  month: once(() => new Intl.DateTimeFormat(formatLanguage, { month: 'short', year: 'numeric', timeZone: 'UTC' })),
  year: once(() => new Intl.DateTimeFormat(formatLanguage, { year: 'numeric', timeZone: 'UTC' })),
};
const clockThereFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { timeStyle: 'medium', timeZone: 'UTC' }));
const clockFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { timeStyle: 'medium' }));
const dateFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { dateStyle: 'long' }));
const dateTimeFormat = once(() => new Intl.DateTimeFormat(formatLanguage, { dateStyle: 'medium', timeStyle: 'short' }));
const collator = once(() => new Intl.Collator(formatLanguage, { numeric: true }));

const signedFormat = once(
  () => new Intl.NumberFormat(formatLanguage, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }),
);

const DAY_MS = 86_400_000;

/** @typedef {[unit: string, size: number, part: string, partSize: number]} DurationUnit In seconds; with the unit of what is left over. */

/** @type {DurationUnit} */
const SHORTEST = ['second', 1, 'second', 1];
/** The longest first. @type {DurationUnit[]} */
const DURATIONS = [
  ['day', 86_400, 'hour', 3_600],
  ['hour', 3_600, 'minute', 60],
  ['minute', 60, 'second', 1],
];

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

/** The kinds of failure that are said in the reader's language: what failed, and what to do. */
export const FAILURES_WITH_WORDS = new Set([
  'noAnswer',
  'coreUnavailable',
  'notStored',
  'deletedMeanwhile',
  'storeUnavailable',
  'storeFull',
  'storeFromFuture',
  'storeBlocked',
  'storeDamaged',
]);

/**
 * Why something failed, for the place of a message that has it. What has no words here is a failure of the browser's, in its own.
 * @param {unknown} error
 * @returns {string}
 */
export function detailOf(error) {
  const { kind = '', message } = failureOf(error);
  return FAILURES_WITH_WORDS.has(kind) ? text(keyOf('failure', kind)) : message;
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
 * A count where there is little room: `20K`.
 * @param {number} count
 * @returns {string}
 */
export function compact(count) {
  return compactFormat().format(count);
}

/** Each so many times the one before. */
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/**
 * An amount of data.
 * @param {number} count Of bytes.
 * @returns {string} As `68 MB`.
 */
export function bytes(count) {
  const power = count < 1 ? 0 : Math.min(Math.floor(Math.log10(count) / 3), BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[power];
  const format = new Intl.NumberFormat(formatLanguage, { style: 'unit', unit, maximumSignificantDigits: 3 });
  return format.format(count / 1000 ** power);
}

/**
 * A mean or a median.
 * @param {number} figure
 * @returns {string}
 */
export function decimal(figure) {
  return decimalFormat().format(figure);
}

/**
 * How much greater one number is than another.
 * @param {number} difference
 * @returns {string} With its sign; 0 has none.
 */
export function signed(difference) {
  return signedFormat().format(difference);
}

/**
 * How much greater one mean is than another, to as many digits as the two have that are written beside it.
 * @param {number} one
 * @param {number} other
 * @returns {string} With its sign; 0 has none.
 */
export function differenceOfMeans(one, other) {
  const digits = [one, other].map(
    (mean) =>
      decimalFormat()
        .formatToParts(mean)
        .find(({ type }) => type === 'fraction')?.value.length ?? 0,
  );
  const maximumFractionDigits = Math.max(1, ...digits);
  return new Intl.NumberFormat(formatLanguage, { signDisplay: 'exceptZero', maximumFractionDigits }).format(
    one - other,
  );
}

/**
 * How long something lasted: the greatest unit and the one below it.
 * @param {number} ms
 * @returns {string} As `2 min 39 sec`.
 */
export function duration(ms) {
  const seconds = Math.round(ms / 1_000);
  const [unit, size, part, partSize] = DURATIONS.find(([, least]) => seconds >= least) ?? SHORTEST;
  const whole = Math.floor(seconds / size);
  const rest = Math.floor((seconds % size) / partSize);
  const words = [measured(whole, unit), ...(rest > 0 && partSize < size ? [measured(rest, part)] : [])];
  return words.join('\u00a0');
}

/**
 * @param {number} share From 0 to 1.
 * @returns {string}
 */
export function percent(share) {
  // Nearly all is not all.
  return percentFormat().format(share < 1 ? Math.min(share, 0.99) : share);
}

/**
 * @param {number} count
 * @param {string} unit
 */
function measured(count, unit) {
  return new Intl.NumberFormat(formatLanguage, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
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
 * The time of day, to the second, by the clock that the user had then.
 * @param {number} ms
 * @param {number} utcOffset How far that clock was ahead of UTC, in minutes.
 * @returns {string}
 */
export function clockThere(ms, utcOffset) {
  return clockThereFormat().format(ms + utcOffset * 60_000);
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
 * A day of the user's calendar, wherever the user was on it.
 * @param {number} day In days since 1970.
 * @returns {string}
 */
export function calendarDay(day) {
  return dayFormat().format(day * DAY_MS);
}

/**
 * The same without its day of the week, for a column that has little room.
 * @param {number} day In days since 1970.
 * @returns {string}
 */
export function calendarDate(day) {
  return shortDayFormat().format(day * DAY_MS);
}

/**
 * Some days in a row; one alone is as {@link calendarDay}.
 * @param {number} first In days since 1970.
 * @param {number} last
 * @returns {string}
 */
export function calendarDays(first, last) {
  return dayFormat().formatRange(first * DAY_MS, last * DAY_MS);
}

/**
 * A day, or the month or year that it is of, as it stands on an axis.
 * @param {number} day In days since 1970.
 * @param {'day' | 'month' | 'year'} part
 * @returns {string}
 */
export function calendarPart(day, part) {
  return partFormats[part]().format(day * DAY_MS);
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
  return withMoment('at', ms);
}

/**
 * A message with a moment in it: a time is not said as a date is (French « depuis 14:02:31 », « depuis le 3 mai 2027, 14:02 »).
 * @param {string} key Without what it is for: `at` for `atTime`, today, and `atDate`.
 * @param {number} ms
 * @returns {string}
 */
export function withMoment(key, ms) {
  return isToday(ms) ? text(`${key}Time`, clock(ms)) : text(`${key}Date`, dateTimeFormat().format(ms));
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
