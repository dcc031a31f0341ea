// Owns what every view of the dashboard is: what it is given, and what it shows.

/**
 * @typedef {import('./place.js').Place} Place
 *
 * @typedef {object} Shown What there is to see.
 * @property {import('../core/reader.js').Summary} summary Its period is chosen.
 * @property {import('../core/types.js').SummaryView} totals Of the period.
 * @property {import('../reader-instance.js').ReaderModule} reader
 * @property {number | undefined} from The first day of the period, if it has one.
 * @property {number | undefined} to The last one.
 * @property {number} ordersDone How many orders of the reader's were carried out: what was read before the last of them can hold what is gone.
 *
 * @typedef {object} Heading
 * @property {string} words
 * @property {boolean} [isLoading] The view's files are still being loaded: it has itself drawn again when they are there.
 * @property {(string | Node)[]} [content] The words as they are drawn, where a name of the network is among them.
 * @property {Promise<Heading | void>} [settled] Where something is read for it alone: when that is shown, and the heading as it is then.
 * @property {string} [ascii] Where the words are a name of the network: as the browser writes it.
 *
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {(shown: Shown) => Heading} draw
 *
 * @typedef {import('./orders.js').Orders} Orders
 */

export {};
