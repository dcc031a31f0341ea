// Owns the knowledge of how fine the screen's pixels are.

/**
 * Tells when the window is on a screen with finer or coarser pixels, or is zoomed: its elements can keep their sizes.
 *
 * @param {() => void} onChange
 */
export function watchSharpness(onChange) {
  const now = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  const changed = () => {
    onChange();
    watchSharpness(onChange);
  };
  now.addEventListener('change', changed, { once: true });
}
