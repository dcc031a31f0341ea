// Owns how long the background took to start: for benchmarks and bug reports.

/** Milliseconds since the background's worker or page began. */
export const wakeTimings = {
  /** The first of the extension's own code ran. */
  startMs: performance.now(),
  /** The core was instantiated. */
  coreReadyMs: 0,
  /** The core had its state back. */
  restoredMs: 0,
  /** The first request was counted. */
  firstRequestCountedMs: 0,
};
