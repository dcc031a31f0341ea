// Owns how what is kept of the browsing stays bounded: the oldest goes first.

/**
 * Drops the oldest until no more than so many are left.
 *
 * @template Name
 * @param {{ size: number, keys(): Iterable<Name>, delete(name: Name): boolean }} names A set or a map, in the order in which they
 *   came.
 * @param {number} most
 */
export function dropOldest(names, most) {
  for (const oldest of names.keys()) {
    if (names.size <= most) return;
    names.delete(oldest);
  }
}
