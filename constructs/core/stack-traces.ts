const withoutFrames = () => '';

/**
 * Runs `build` without formatting stack traces. cdktf formats one for every nested block of every resource, which takes more than
 * half of the time to build a large stack. These traces would point into this library and are never shown. An error thrown by
 * `build` keeps its stack trace, since it is formatted only when it is read.
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
