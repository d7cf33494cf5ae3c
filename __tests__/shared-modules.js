const { default: Runtime } = require('jest-runtime');

/** By path: the loaded modules of libraries. */
const shared = new Map();
let current;

/**
 * jest loads all modules again for each test file, and V8 optimizes their functions again. Here a worker loads cdktf and the other
 * libraries once, as one process of the command does. The modules of this project stay separate for each test file.
 */
module.exports = class extends Runtime {
  constructor(...given) {
    super(...given);
    current = this;
    const loaded = this.registries.getActiveCjsRegistry();
    for (const [path, module] of shared) loaded.set(path, module);
  }

  /** A shared module that loads another one later does it in the file that is running. */
  requireModuleOrMock(from, name) {
    return current === this ? super.requireModuleOrMock(from, name) : current.requireModuleOrMock(from, name);
  }

  teardown() {
    for (const [path, module] of this.registries.getActiveCjsRegistry()) {
      if (module.loaded && path.includes('node_modules')) shared.set(path, module);
    }
    super.teardown();
  }
};
