const TestEnvironment = require('./compiled-once.js');

/**
 * The test files of a worker run in one V8 context, one after the other, because modules that are loaded once (`shared-modules.js`)
 * belong to a context. What jest and `expect` keep for a file is under symbols, and is removed after it.
 */
class SharedContext extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.symbols = new Set(Object.getOwnPropertySymbols(this.global));
    this.variables = { ...this.global.process.env };
    this.exit = this.global.process.exit;
  }

  async teardown() {
    const { env } = this.global.process;
    for (const name of Object.keys(env)) if (!(name in this.variables)) delete env[name];
    Object.assign(env, this.variables);
    this.global.process.exit = this.exit; // jest wraps it for each file
    for (const symbol of Object.getOwnPropertySymbols(this.global)) {
      if (!this.symbols.has(symbol)) delete this.global[symbol];
    }
  }
}

let first;

/** What jest calls with `new` for each file. */
module.exports = function contextOfWorker(config, context) {
  first ??= new SharedContext(config, context);
  return first;
};
