// Owns the time of day of a test file: about noon where its browsers are, so that no midnight comes while its tests run.

/**
 * On the date that it is by UTC, in a zone without summer time; for whoever imports this, and for the browsers that are started after that.
 * A test that is about days has zones of its own.
 */
const hoursAhead = 12 - new Date().getUTCHours();
process.env['TZ'] = `Etc/GMT${hoursAhead < 0 ? '+' : '-'}${Math.abs(hoursAhead)}`;

/** Today there, in days since 1970. */
export function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000;
}
