// Owns what is said above the graph: how much is drawn, and what is left out for which reason.
import { number, plural, text } from '../../i18n.js';
import { NO_FILTER } from './graph-controls.js';

/**
 * @typedef {object} Asked
 * @property {number} least On how many sites a third party must have been met.
 * @property {boolean} isChosen By the reader; else so that the graph can be read.
 * @property {{ sites: number, thirdParties: number }} most How many are drawn of each.
 */

/**
 * @param {import('../../core/types.js').GraphView} view
 * @param {Pick<import('./graph-model.js').GraphModel, 'sites' | 'thirdParties' | 'links'>} model
 * @param {Asked} asked
 * @returns {string[]} Sentences.
 */
export function graphWords(view, { sites, thirdParties, links }, { least, isChosen, most }) {
  const { allSites, allThirdParties, matching } = view;
  const drawn = [
    plural('siteCount', sites),
    plural('thirdPartyCount', thirdParties),
    plural('linkCount', links.length),
  ];
  const isFiltered = least > NO_FILTER;
  const isCut = matching > most.thirdParties;
  const withoutSites = view.thirdParties.length - thirdParties;
  const sentences = [`${drawn.join(text('listSeparator'))}.`];
  if (isFiltered) sentences.push(plural('graphFiltered', least, number(matching), number(allThirdParties)));
  if (isFiltered && !isChosen) sentences.push(text('graphReadable', number(NO_FILTER)));
  if (isCut) sentences.push(plural('graphLeftOut', matching, number(thirdParties)));
  if (sites === most.sites && sites < allSites) {
    // Of how many sites they are the greatest is not known where some third parties are left out: their sites may have met no other.
    const isOfAll = !isFiltered && !isCut;
    sentences.push(
      isOfAll ? plural('graphLeftOutSites', allSites, number(sites)) : plural('graphMostSites', most.sites),
    );
  }
  if (withoutSites > 0) sentences.push(plural('graphLeftOutWithSites', withoutSites));
  return sentences;
}
