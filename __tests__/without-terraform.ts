/** The refusal of the harness: a test of the unit project that starts Terraform belongs in a file `*.terraform.test.ts`. */
process.env.TEST_WITHOUT_TERRAFORM = '1';
