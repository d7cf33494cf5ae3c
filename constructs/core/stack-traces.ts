const captureNothing = () => {};

/**
 * Runs `build` without cdktf's stack traces. cdktf captures one for every nested block of every resource, which takes more than
 * half of the time to build a large stack. These traces would point into this library and are never shown. An error thrown by
 * `build` keeps its own stack trace: the runtime captures it without this function.
 */
export function withoutStackTraces<T>(build: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = captureNothing;
  try {
    return build();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
