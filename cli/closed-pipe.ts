/** Imported for what it does: a reader that has seen enough, such as `head`, is no error of whoever writes. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
