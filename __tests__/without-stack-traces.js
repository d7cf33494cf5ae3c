/**
 * In the place of cdktf's own module: it formats a stack trace for every token, in jest with the source maps of every frame, and
 * nothing shows them. This takes a quarter of the time of a test that builds stacks.
 */
exports.captureStackTrace = () => [];
// CDK Terrain has a second function.
exports.captureCreationStack = () => [];
