// Owns the days of the user's calendar: each is a number, in days since 1970, and a date as it is written in an address.

/** Milliseconds of a day of UTC, in which no clock is changed. */
export const DAY_MS = 86_400_000;

/**
 * @param {number | undefined} day In days since 1970.
 * @returns {string} As `2027-05-03`; empty where there is none.
 */
export function dateOf(day) {
  return day === undefined || !Number.isFinite(day) ? '' : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param {string} date
 * @returns {number | undefined} Nothing where it is no date, or one before 1970.
 */
export function dayOf(date) {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  // Engines read 31 February as 3 March.
  return day >= 0 && dateOf(day) === date ? day : undefined;
}

/**
 * The day that a calendar on the wall shows, here and at a moment.
 *
 * @param {number} atMs
 */
export function dayAt(atMs) {
  const at = new Date(atMs);
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY_MS;
}

/** The day on the wall, now. */
export function today() {
  return dayAt(Date.now());
}
