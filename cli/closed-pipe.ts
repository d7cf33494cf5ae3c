/** Imported for its side effect: if a reader such as `head` closes the pipe early, this is not an error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
