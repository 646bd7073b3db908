/** Parts of the runner from the top down: each may import those below it, through their index, and none above. */
const layers = ['routes', 'runs', 'grading', 'toolchains', 'engine', 'trace', 'sandbox'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two modules that need each other are one, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'site-knows-only-the-protocol',
      comment: 'site/ imports runner/protocol.ts and nothing else of the runner.',
      severity: 'error',
      from: { path: '^site/', pathNot: '^site/test/' },
      to: { path: '^runner/', pathNot: '^runner/protocol\\.ts$' },
    },
    {
      name: 'protocol-through-its-front',
      comment: 'Everybody imports runner/protocol.ts; how it is divided is its own matter.',
      severity: 'error',
      from: { pathNot: '^runner/protocol(/|\\.ts$)' },
      to: { path: '^runner/protocol/' },
    },
    {
      name: 'runner-knows-no-site',
      comment: 'The runner serves built files; it imports nothing of the site.',
      severity: 'error',
      from: { path: '^runner/' },
      to: { path: '^(site|content)/', pathNot: '^content/proofs/(format|report)\\.ts$' },
    },
    {
      name: 'exercises-are-data',
      comment: 'Nobody imports an exercise’s code; exercises/format.ts is the one file to import.',
      severity: 'error',
      from: { pathNot: '^exercises/[^/]+\\.ts$' },
      to: { path: '^exercises/', pathNot: '^exercises/format\\.ts$' },
    },
    {
      name: 'protocol-stands-alone',
      comment: 'The protocol is what both sides agree on; it depends on neither.',
      severity: 'error',
      from: { path: '^runner/protocol(/|\\.ts$)' },
      to: { path: '^(runner|site|exercises)/', pathNot: '^runner/protocol/' },
    },
    ...layers.flatMap((layer, depth) => {
      const above = layers.slice(0, depth);
      return above.length === 0
        ? []
        : [
            {
              name: `${layer}-looks-down-only`,
              comment: 'Arrows point one way: routes, runs, grading, toolchains, engine, trace, sandbox.',
              severity: 'error',
              from: { path: `^runner/${layer}/`, pathNot: '\\.test\\.ts$' },
              to: { path: `^runner/(${above.join('|')})/` },
            },
          ];
    }),
    ...['toolchains', 'engine', 'trace', 'sandbox'].map((part) => ({
      name: `${part}-through-its-index`,
      comment:
        'A part’s public face is its index.ts. Benches measure what lies behind it; code that runs inside a sandbox is no part of the service.',
      severity: 'error',
      from: {
        path: '^runner/',
        pathNot: [`^runner/${part}/`, '^runner/bench/', '/inside/', '^runner/engine/agent/agent\\.ts$'],
      },
      to: { path: `^runner/${part}/`, pathNot: `^runner/${part}/index\\.ts$` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^|/)node_modules/|^dist/' },
  },
};
