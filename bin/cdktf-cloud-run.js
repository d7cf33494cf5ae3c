#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// In a checkout the sources run as they are; the package has only what was built of them.
const source = join(__dirname, '../cli/program.ts');
const inCheckout = existsSync(source);
if (inCheckout) {
  require('tsx/cjs');
  require('../cli/no-source-maps.ts');
}
const { program } = require(inCheckout ? source : '../dist/cli/program.js');

program().parseAsync();
