/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  // The real Terraform and the packed package take their time on a busy machine.
  // A failed test may leave an emulator behind, which would keep the process from ending.
  forceExit: true,
  testTimeout: 120_000,
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, sourceMaps: 'inline' }],
  },
};
