// Owns the background of the variant that the faults are tried on: the extension's own, with what hinders it loaded before.
import './moved-clock.js';
import './stopping-steps.js';
import '../../extension/background.js';
