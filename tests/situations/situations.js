// Owns the list of all situations.
import { FRAMES } from './frames.js';
import { HISTORY } from './history.js';
import { NAVIGATION } from './navigation.js';

export const SITUATIONS = [...NAVIGATION, ...HISTORY, ...FRAMES];
