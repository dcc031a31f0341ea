// Owns what is drawn after the totals: a reader who opens the dashboard waits for the numbers alone.

/**
 * Draws in a turn of its own what a view shows beside its totals; where the view is drawn again before, only the later one.
 *
 * @param {HTMLElement} place Where it is drawn: a view that is left is drawn no more.
 * @param {(shown: import('./view.js').Shown) => void} draw
 * @returns {(shown: import('./view.js').Shown) => Promise<void>} Settles when it is drawn, or another drawing has taken its place.
 */
export function afterTotals(place, draw) {
  let latest = 0;
  return async (shown) => {
    const own = ++latest;
    await new Promise((resolve) => setTimeout(resolve));
    // What was read for an earlier drawing is gone.
    if (own === latest && place.isConnected) draw(shown);
  };
}

/**
 * Several of them.
 *
 * @param {...(Promise<unknown> | undefined)} drawings
 * @returns {Promise<void>} Settles when all are drawn.
 */
export async function together(...drawings) {
  await Promise.all(drawings);
}
