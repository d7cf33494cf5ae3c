/** The files that `init` writes. */

const manifest: {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
} = require('cdktf-cloud-run/package.json');

export const SERVICES = `# yaml-language-server: $schema=./node_modules/cdktf-cloud-run/dist/services-yaml/services.schema.json
#
# Every key is explained in the hover text of an editor with YAML support (in VS Code: the extension redhat.vscode-yaml).

environments:
  prod:
    project: my-project # the id of a Google Cloud project
    region: europe-west1

services:
  hello:
    image: us-docker.pkg.dev/cloudrun/container/hello:latest # Google's sample; put your own here
    access: public # without this line only those who are granted it may call
    # invokers: [user:me@example.com]
    # ingress: internal
    # domains: [hello.example.com]
    # env: { LOG_LEVEL: info }
`;

export const MAIN = `import { App } from 'cdktf';
import { buildServices, synthServices } from 'cdktf-cloud-run/services-yaml';

const app = new App();
const stacks = buildServices(app); // one for each environment of services.yaml

// Add here what services.yaml cannot express.

synthServices(app, stacks);
`;

export const CDKTF_JSON = {
  language: 'typescript',
  app: 'node --import tsx main.ts',
  projectId: '',
  sendCrashReports: 'false',
  terraformProviders: [],
  terraformModules: [],
};

export const TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'Node16',
    moduleResolution: 'Node16',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['*.ts'],
};

/** The parts of package.json. The versions are those that this package is tested with. */
export const PACKAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scripts: {
    check: 'cdktf-cloud-run check',
    synth: 'cdktf-cloud-run synth',
    plan: 'cdktf-cloud-run plan',
  },
  dependencies: { ...manifest.peerDependencies, 'cdktf-cloud-run': `^${manifest.version}` },
  devDependencies: { tsx: `^${manifest.devDependencies.tsx}` },
};

/** A state contains the values of its resources, secrets included. */
export const GITIGNORE = ['node_modules/', 'cdktf.out/', '.terraform/', '*.tfstate', '*.tfstate.*'];
