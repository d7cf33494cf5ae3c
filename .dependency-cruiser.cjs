/** Which folder may import which, type imports included. */

/** Folders of the constructs from the outermost to the innermost: each may import those after it, and none before it. */
const CONSTRUCTS = ['stack', 'checks', 'load-balancer', 'service', '(connections|domain-mapping)', 'core'];

/** What each other folder may import of the others. */
const FOLDERS = {
  constructs: [],
  'services-yaml': ['constructs'],
  'terraform-json': [],
  exposure: ['terraform-json'],
  review: ['exposure', 'terraform-json'],
  emulator: [],
  adopt: ['constructs', 'services-yaml'],
  accepted: ['constructs', 'services-yaml'],
  cli: ['accepted', 'constructs', 'services-yaml', 'adopt', 'terraform-json', 'exposure', 'review', 'emulator'],
};

const outwards = CONSTRUCTS.slice(1).map((folder, index) => ({
  name: `constructs-${folder}-imports-outwards`,
  severity: 'error',
  from: { path: `^constructs/${folder}/` },
  to: { path: `^constructs/(index\\.ts|(${CONSTRUCTS.slice(0, index + 1).join('|')})/)` },
}));

const others = Object.entries(FOLDERS).map(([folder, allowed]) => ({
  name: `${folder}-imports-another-folder`,
  severity: 'error',
  // What is run by hand or by CI generates from, and looks at, everything.
  from: { path: `^${folder}/`, pathNot: '/generate/' },
  to: { path: `^(${Object.keys(FOLDERS).join('|')})/`, pathNot: `^(${[folder, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'siblings',
      severity: 'error',
      from: { path: '^constructs/(connections|domain-mapping)/' },
      to: { path: '^constructs/(connections|domain-mapping)/', pathNot: '^constructs/$1/' },
    },
    {
      name: 'generate-at-run-time',
      severity: 'error',
      from: { pathNot: '(^|/)(generate|__tests__)/' },
      to: { path: '(^|/)generate/' },
    },
    {
      name: 'private-parts-of-cdktf',
      severity: 'error',
      from: {},
      to: { path: 'cdktf/lib/', pathNot: 'cdktf/lib/index.js$' },
    },
    ...outwards,
    ...others,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Without the tsconfig, by whose lights the package constructs would be our folder of that name.
    tsPreCompilationDeps: true,
  },
};
