// Terraform collects its garbage less often: a fifth less processor time.
process.env.GOGC ??= '400';

const shared = {
  testEnvironment: '<rootDir>/__tests__/compiled-once.js',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  roots: ['<rootDir>/__tests__'],
  moduleNameMapper: {
    '^\\.{1,2}/(.*/)?stack-trace$': '<rootDir>/__tests__/without-stack-traces.js',
    '^archiver$': '<rootDir>/__tests__/without-archiver.js',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, sourceMaps: true }],
  },
};

const PACKAGE = '__tests__/cli/package\\.test\\.ts$';
const TERRAFORM = ['__tests__/(emulator|proof)/.*\\.test\\.ts$', '\\.terraform\\.test\\.ts$'];

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: '100%', // else jest leaves a core to others, which is half of two
  testTimeout: 120_000, // a busy machine takes its time
  // A run leaves nothing in the machine's temporary directory.
  globalSetup: '<rootDir>/__tests__/temporary-folder.ts',
  globalTeardown: '<rootDir>/__tests__/temporary-folder-removed.ts',
  projects: [
    // What no Terraform process is started for: the inner loop.
    {
      ...shared,
      displayName: 'unit',
      testEnvironment: '<rootDir>/__tests__/shared-context.js',
      runtime: '<rootDir>/__tests__/shared-modules.js',
      testRegex: ['\\.test\\.ts$'],
      testPathIgnorePatterns: [...TERRAFORM, PACKAGE],
      setupFiles: ['<rootDir>/__tests__/without-terraform.ts'],
    },
    { ...shared, displayName: 'terraform', testRegex: TERRAFORM },
    { ...shared, displayName: 'package', testRegex: [PACKAGE] },
  ],
};
