// Owns the user's clock: that of Paris, an hour ahead of UTC, two in summer.

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * How far the clock is ahead of UTC at a moment. Written out, for the year must be the same on a machine that knows no time zones.
 * @param {number} atMs
 * @returns {number} minutes
 */
export function utcOffset(atMs) {
  const year = new Date(atMs).getUTCFullYear();
  return atMs >= lastSunday(year, 2) && atMs < lastSunday(year, 9) ? 120 : 60;
}

/** When the clock is changed: at 1 o'clock UTC on a month's last Sunday. @param {number} year @param {number} month */
function lastSunday(year, month) {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * DAY_MS;
}

/**
 * The moment at which the clock shows a time of a day, not between midnight and three.
 * @param {number} day days since 1970
 * @param {number} ms after midnight
 */
export function momentOf(day, ms) {
  const wall = day * DAY_MS + ms;
  return wall - utcOffset(wall - 60 * MINUTE_MS) * MINUTE_MS;
}

/** The day that the clock shows, in days since 1970. @param {number} atMs */
export function dayOf(atMs) {
  return Math.floor((atMs + utcOffset(atMs) * MINUTE_MS) / DAY_MS);
}
