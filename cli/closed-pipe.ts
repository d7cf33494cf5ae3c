/** Imported for its effect: it is no error if a reader such as `head` closes the pipe early. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
