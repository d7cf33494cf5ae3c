const { default: Runtime } = require('jest-runtime');

/** By path: what was loaded outside this folder. */
const shared = new Map();
let current;

/**
 * jest loads all modules again for each test file, and V8 optimizes their functions again: a third of the processor time. Here a worker
 * loads cdktf, the other libraries and this project once, as one process of the command does; what is in `__tests__` stays separate.
 * A file that is run alone still shows that it needs no other.
 */
module.exports = class extends Runtime {
  constructor(...given) {
    super(...given);
    current = this;
    const { watch, watchAll, collectCoverage } = given.at(-1);
    this.shares = !(watch || watchAll || collectCoverage); // else changed sources, or counters of another file
    if (!this.shares) return;
    const loaded = this.registries.getActiveCjsRegistry();
    for (const [path, module] of shared) loaded.set(path, module);
  }

  /** A shared module that loads another one later does it in the file that is running. */
  requireModuleOrMock(from, name) {
    return current === this ? super.requireModuleOrMock(from, name) : current.requireModuleOrMock(from, name);
  }

  teardown() {
    for (const [path, module] of this.registries.getActiveCjsRegistry()) {
      if (this.shares && module.loaded && !path.startsWith(__dirname)) shared.set(path, module);
    }
    super.teardown();
  }
};
