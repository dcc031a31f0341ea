// Owns the list of all situations.
import { NAVIGATION } from './navigation.js';

export const SITUATIONS = [...NAVIGATION];
