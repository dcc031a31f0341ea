// Owns what a replaced script does: nothing.
