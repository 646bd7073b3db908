/** A run in the middle of things, so that each state of a cell is there to be looked at. It did not happen anywhere. */
import type { EventBody, TraceEntry } from '../../../runner/protocol.ts';
import type { WorkbenchExercise } from '../../workbench/exercise-props.ts';
import { emptyRun, type RunState, runReducer } from '../../workbench/run-state.ts';

const mutant = (id: string, core: boolean) => ({ id, title: `Bug ${id}`, core, hints: [], misconception: null });

export const sampleExercise: WorkbenchExercise = {
  slug: 'sample',
  title: 'A sample',
  kind: 'write-tests',
  language: 'typescript',
  files: [],
  references: [
    { id: 'plain', title: 'Plain SQL' },
    { id: 'other', title: 'Another way' },
  ],
  mutants: [
    mutant('caught', true),
    mutant('missed', true),
    mutant('late', true),
    mutant('going', false),
    mutant('next', false),
  ],
  checks: [],
  rules: [],
  practises: [],
  lesson: null,
  brief: '',
  packages: {},
};

const tests = ['stores a user', 'refuses a duplicate'];
const result = (variant: string, name: string, outcome: 'passed' | 'failed'): EventBody => ({
  type: 'test',
  variant,
  name,
  outcome,
  ms: 3,
});
const end = (variant: string, outcome: 'passed' | 'failed' | 'timed-out'): EventBody => ({
  type: 'variant-finished',
  variant,
  outcome,
  ms: 40,
});
const [stores = '', refuses = ''] = tests;

const events: EventBody[] = [
  {
    type: 'started',
    attempt: 1,
    engine: { backend: 'sandbox', containment: 'none', postgres: [], node: '', vitest: '' },
    limits: { variantWallMs: 1, runWallMs: 1, memoryBytes: 1, processes: 1, outputBytes: 1 },
    variants: [
      ...sampleExercise.references.map(({ id, title }) => ({ id, title, kind: 'reference' as const, core: true })),
      ...sampleExercise.mutants.map(({ id, title, core }) => ({ id, title, kind: 'mutant' as const, core })),
    ],
  },
  ...['plain', 'other', 'missed'].flatMap((id) => [
    result(id, stores, 'passed'),
    result(id, refuses, id === 'other' ? 'failed' : 'passed'),
    end(id, id === 'other' ? 'failed' : 'passed'),
  ]),
  result('caught', stores, 'failed'),
  result('caught', refuses, 'passed'),
  end('caught', 'failed'),
  result('late', stores, 'passed'),
  end('late', 'timed-out'),
  { type: 'variant-started', variant: 'going' },
  result('going', stores, 'passed'),
];

export const sampleRun: RunState = events.reduce(
  (state, body) => runReducer(state, { seq: state.lastSeq + 1, at: '2026-01-01T00:00:00Z', ...body }),
  emptyRun,
);

const statement = (
  index: number,
  sql: string,
  more: Partial<Extract<TraceEntry, { kind: 'statement' }>>,
): TraceEntry => ({
  kind: 'statement',
  index,
  container: 'c',
  connection: 1,
  test: { name: stores, exact: true },
  atMs: index,
  ms: 0.4,
  sql,
  cut: false,
  parameters: [],
  rows: null,
  tag: null,
  error: null,
  notices: [],
  transaction: null,
  answered: true,
  ...more,
});

export const sampleTrace: TraceEntry[] = [
  statement(0, 'begin', { tag: 'BEGIN', transaction: { id: 1, part: 'begin' } }),
  statement(1, 'insert into users (email, name) values ($1, $2) returning id', {
    parameters: [{ type: 'text', value: 'ada@example.com' }, { value: null }],
    rows: 1,
    tag: 'INSERT 0 1',
    transaction: { id: 1, part: 'inside' },
  }),
  statement(2, 'insert into users (email, name) values ($1, $2)', {
    parameters: [{ value: 'ada@example.com' }, { value: 'Ada' }],
    error: { sqlstate: '23505', message: 'duplicate key value violates unique constraint “users_email_key”' },
    transaction: { id: 1, part: 'inside' },
  }),
  statement(3, 'rollback', { tag: 'ROLLBACK', transaction: { id: 1, part: 'rollback' } }),
];
