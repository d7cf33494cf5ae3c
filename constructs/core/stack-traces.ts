const withoutFrames = () => '';

/**
 * Runs `build` without having stack traces formatted. cdktf formats one for every nested block of every resource, which
 * is more than half of the time it takes to build a large stack; they would point into this library and are shown
 * nowhere. An error thrown by `build` keeps its own, since that is formatted when somebody reads it.
 */
export function withoutStackTraces<T>(build: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = withoutFrames;
  try {
    return build();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
