// Owns one trial: a case, walked in a real browser, and what its export and the server's log disagree on.
import { recorded, startRecording } from '../e2e/recorder.js';
import { CaseWeb } from './case-web.js';
import { compare } from './comparison.js';
import { runOf } from './case.js';
import { hearJudges } from './judges.js';
import { serverTruth } from './server-truth.js';
import { User } from './user.js';

/**
 * @typedef {import('./case.js').Case} Case
 * @typedef {import('./comparison.js').Difference} Difference
 *
 * @typedef {object} Outcome
 * @property {Difference[]} differences explained ones too
 * @property {import('../situations/recording.js').RecordedEvent[]} seen the browser's own events since it was last started
 * @property {import('../web/request-log.js').LoggedRequest[]} log
 * @property {import('./comparison.js').Visit[]} visits what was exported of it
 * @property {import('./user.js').Stop[]} stops
 * @property {import('./judges.js').Hearing} judges
 * @property {{ loads: number, contacts: number, requests: number }} size
 */

/** Events reach the background a little after the server; what differs after so long, and some exports, stays different. */
const AGREE_MS = 30_000;
const ASK_AGAIN_MS = 300;
/** What a fact about browsers explains must stay so: it may be on its way. */
const SAME_ANSWERS = 4;
/** The hosts of a case have suffixes of all kinds. */
const EVERYWHERE = '^(http|ws)s?://';

/**
 * @param {import('../e2e/stage.js').Stage} stage
 * @param {Case} tried
 * @param {number} number of the run, which no other run of this browser has
 * @returns {Promise<Outcome>}
 */
export async function attempt(stage, tried, number) {
  const { driver } = stage;
  const web = new CaseWeb(stage.web, tried, number);
  const listen = () => startRecording(driver, { tested: EVERYWHERE, fields: ['thirdParty'] });
  await listen();
  const user = new User(driver, web, listen);
  await user.walk(tried.steps);
  const { rested, touched, stops, shown, seenAt } = user;
  const known = { number, browser: driver.name, rested, touched, stops, shown, seenAt };
  const deadline = Date.now() + AGREE_MS;
  let before = '';
  let same = 0;
  for (;;) {
    const { saved } = await stage.exportAll();
    const truth = serverTruth(web, number);
    const { events: seen } = await recorded(driver);
    const run = { ...known, toldAt: [...seen.flatMap(timeOf), ...web.entries.map(({ at }) => at)] };
    const differences = compare(saved, truth, run);
    const now = JSON.stringify(differences);
    same = now === before ? same + 1 : 1;
    before = now;
    const isExplained = differences.every(({ excuse }) => excuse !== null) && same >= SAME_ANSWERS;
    // What the browser told is asked for after what was exported, which may lack the last of it.
    const judges = hearJudges(saved, truth, seen, run);
    const isAgreed = judges.disagreements.length === 0 && (differences.length === 0 || isExplained);
    if (isAgreed || Date.now() > deadline) {
      await user.leave();
      const contacts = truth.loads.reduce((sum, one) => sum + one.contacts.size, 0);
      return {
        differences,
        judges,
        seen,
        log: web.entries,
        visits: saved.visits.filter(({ host }) => runOf(host) === number),
        stops: user.stops,
        size: { loads: web.loads.length, contacts, requests: web.entries.length },
      };
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/** When an event happened, where it says so. @param {import('../situations/recording.js').RecordedEvent} event @returns {number[]} */
function timeOf([, details]) {
  const time = typeof details === 'object' && details !== null ? Reflect.get(details, 'timeStamp') : undefined;
  return typeof time === 'number' ? [time] : [];
}
