#!/usr/bin/env node
// What an old Node.js understands as well: it would answer newer syntax with an error that says nothing.
// biome-ignore-all lint/style/useNodejsImportProtocol: Node.js before 14.18 does not know `node:`
const { existsSync } = require('fs');
const { join } = require('path');
const { engines, version } = require('../package.json');

const oldest = Number(engines.node.replace(/\D/g, ''));
if (Number(process.versions.node.split('.')[0]) < oldest) {
  refuse(`Node.js ${process.versions.node} is too old: install Node.js ${oldest} or later`);
}

// In a checkout the sources run as they are; the package has only what was built of them.
const source = join(__dirname, '../cli/program.ts');
const inCheckout = existsSync(source);

run().catch((error) => {
  const missing = /^Cannot find module '([^.'][^']*)'/.exec(error.message);
  if (error.code !== 'MODULE_NOT_FOUND' || missing === null) throw error;
  refuse(`'${missing[1]}' is not installed: run npm ${inCheckout ? 'ci' : 'install'}`);
});

async function run() {
  if (inCheckout) {
    require('tsx/cjs');
    require('../cli/no-source-maps.ts');
  }
  const { program } = require(inCheckout ? source : '../dist/cli/program.js');
  await program(version, process.argv[2]).parseAsync();
}

function refuse(message) {
  process.stderr.write(`cdktf-cloud-run: ${message}\n`);
  process.exit(1);
}
