/**
 * Imported first. tsx switches source maps on, and node then reads those of every file of every package: this takes 40 of the
 * 350 ms of a start. Source maps are not needed: a user's mistake never shows a stack trace.
 */
process.setSourceMapsEnabled(false);
