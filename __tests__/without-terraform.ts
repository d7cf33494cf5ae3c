/** What the harness asks: a test of the unit project that starts Terraform belongs into a file `*.terraform.test.ts`. */
process.env.TEST_WITHOUT_TERRAFORM = '1';
