// Owns what is open as the background starts: the tabs and the documents, of which events may not have told.

import { api } from './browser.js';
import { documentAdopted, isShown, tabsFound } from './document-steps.js';

/**
 * @typedef {import('./step.js').CommitDetails} CommitDetails
 * @typedef {import('./step.js').OpenDocument} OpenDocument
 */

/** The documents of open tabs. While they are being asked for, events go on: what those told last is right. */
export class OpenTabs {
  #counting;
  #privateTabs;
  /** Documents that were committed since the background started. @type {Set<string>} */
  #committed = new Set();
  /** Tabs whose outermost document was. @type {Set<number>} */
  #moved = new Set();
  #isNoting = true;
  /** How many looks are under way: a second one can begin before the first has its answers. */
  #looks = 0;
  /** @type {Promise<void>} */
  #adopting = Promise.resolve();

  /**
   * @param {Pick<import('./counting.js').Counting, 'observe'>} counting
   * @param {import('./private-tabs.js').PrivateTabs} privateTabs
   */
  constructor(counting, privateTabs) {
    this.#counting = counting;
    this.#privateTabs = privateTabs;
  }

  /**
   * A document was committed. To be called from the first turn on, before it is known whether anything is to be adopted.
   *
   * @param {CommitDetails} details
   */
  noteCommit(details) {
    if (!this.#isNoting) return;
    if (details.documentId) this.#committed.add(details.documentId);
    if (details.parentFrameId === -1 && isShown(details)) this.#moved.add(details.tabId);
  }

  /** Waits until what was open has been told: before that, an answer to a page would not know it. */
  settled() {
    return this.#adopting;
  }

  /**
   * Tells the counting of the tabs and the documents that are open.
   *
   * @returns {Promise<void>} Never rejects.
   */
  adopt() {
    this.#adopting = this.#adopt();
    return this.#adopting;
  }

  async #adopt() {
    this.#isNoting = true;
    this.#looks += 1;
    try {
      const tabs = await api.tabs.query({});
      for (const tab of tabs) this.#privateTabs.note(tab.id, tab.incognito);
      // A tab that was closed while the question was asked comes first: of that it was told.
      this.#counting.observe(tabsFound, {
        tabIds: idsOf(tabs),
        loading: idsOf(tabs.filter(({ status }) => status === 'loading')),
        atMs: Date.now(),
      });
      // A discarded tab has no documents.
      await Promise.all(tabs.filter((tab) => !tab.discarded).map((tab) => this.#adoptTab(tab)));
    } catch (cause) {
      console.error('open-tabs: the open tabs could not be read; pages are counted from their next load on.', cause);
    } finally {
      this.#looks -= 1;
      if (this.#looks === 0) {
        this.#isNoting = false;
        this.#committed.clear();
        this.#moved.clear();
      }
    }
  }

  /** @param {chrome.tabs.Tab} tab */
  async #adoptTab(tab) {
    if (tab.id === undefined) return;
    // What is committed while the answer is on its way came later than what it tells.
    const atMs = Date.now();
    // A tab that was closed meanwhile has none; Firefox then rejects, Chromium answers null.
    const frames = (await api.webNavigation.getAllFrames({ tabId: tab.id }).catch(() => null)) ?? [];
    // The tab went on to another page meanwhile: what was read is the page before.
    if (this.#moved.has(tab.id)) return;
    for (const frame of outermostFirst(frames)) {
      if (this.#committed.has(frame.documentId)) continue;
      this.#counting.observe(documentAdopted, {
        documentId: frame.documentId,
        parentDocumentId: frame.parentDocumentId ?? '',
        tabId: tab.id,
        frameId: frame.frameId,
        isPrivate: tab.incognito || this.#privateTabs.has(tab.id),
        url: frame.url,
        atMs,
      });
    }
  }
}

/** @param {chrome.tabs.Tab[]} tabs */
function idsOf(tabs) {
  return tabs.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

/**
 * @typedef {object} Frame
 * @property {number} frameId
 * @property {number} parentFrameId
 * @property {string} url
 * @property {string} documentId
 * @property {string | null} [parentDocumentId]
 * @property {string} [documentLifecycle] Chromium.
 */

/**
 * The frames that are shown, each after the one that holds it: the browsers promise no order.
 *
 * @param {Frame[]} frames
 * @returns {Frame[]}
 */
export function outermostFirst(frames) {
  const shown = frames.filter(isShown);
  const sorted = shown.filter((frame) => frame.parentFrameId === -1);
  // Grows while it is read: by the frames that each holds.
  for (const holder of sorted) sorted.push(...shown.filter((frame) => frame.parentFrameId === holder.frameId));
  return sorted;
}
