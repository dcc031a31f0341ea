// Owns the early start of the reader: the page loads this file for itself and first, so that the core is compiled while the browser still
// loads what is to draw its answers.
import { readerModule } from '../reader-instance.js';

// Whoever needs it asks again, and says why it failed.
readerModule().catch(() => {});
