// Owns the list of all situations.
import { FRAMES } from './frames.js';
import { HINTS } from './hints.js';
import { HISTORY } from './history.js';
import { HTTP } from './http.js';
import { LAST_WORDS } from './last-words.js';
import { NAVIGATION } from './navigation.js';
import { POPUPS } from './popups.js';
import { SOCKETS } from './sockets.js';
import { TABS } from './tabs.js';
import { WORKERS } from './workers.js';

export const SITUATIONS = [
  ...NAVIGATION,
  ...HISTORY,
  ...FRAMES,
  ...POPUPS,
  ...TABS,
  ...WORKERS,
  ...HINTS,
  ...SOCKETS,
  ...HTTP,
  ...LAST_WORDS,
];
