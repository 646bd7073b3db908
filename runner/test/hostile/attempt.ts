import type { ExerciseDefinition } from '../../../exercises/format.ts';
import type { Grader } from '../../grading/contract.ts';
import type { EventBody, Verdict } from '../../protocol.ts';
import type { HostileCase } from './corpus.ts';

/** What a submission came to, and all that it could get said: output, test names, messages. */
export type Attempt = { verdict: Verdict; said: string; ms: number };

/** The submission of the honest learner whose run must come through whatever ran before or beside it. */
export function honestFiles(exercise: ExerciseDefinition): Readonly<Record<string, string>> {
  return exercise.languages.typescript.solution;
}

/** An exercise of one correct implementation and one planted bug: what a case does, it does to these two alike. */
export function smallestOf(exercise: ExerciseDefinition): ExerciseDefinition {
  const { typescript } = exercise.languages;
  const mutant = typescript.mutants.find(({ core }) => core);
  if (!mutant) throw new Error(`${exercise.slug} has no core mutant`);
  const [reference] = typescript.references;
  if (!reference) throw new Error(`${exercise.slug} has no correct implementation`);
  return { ...exercise, languages: { typescript: { ...typescript, references: [reference], mutants: [mutant] } } };
}

export async function submit(
  grader: Grader,
  exercise: ExerciseDefinition,
  files: Readonly<Record<string, string>>,
): Promise<Attempt> {
  const said: string[] = [];
  const began = performance.now();
  const acceptedAt = Date.now();
  const verdict = await grader.grade({
    runId: 'hostile',
    attempt: 1,
    exercise,
    language: 'typescript',
    files,
    acceptedAt,
    startedAt: acceptedAt,
    signal: new AbortController().signal,
    emit: (event) => said.push(textOf(event)),
  });
  return { verdict, said: said.join('\n'), ms: performance.now() - began };
}

/** What is wrong with how a case came out, in words. Nothing if it was contained and explained. */
export function complaints(one: HostileCase, { verdict, said }: Attempt): string[] {
  const [reference] = verdict.references;
  const found: string[] = [];
  if (!reference) return ['no implementation was run'];
  if (verdict.outcome === 'passed') found.push('it passed the exercise');
  if (!one.outcomes.includes(reference.outcome)) {
    found.push(
      `ended as ${reference.outcome} (${reference.reason ?? firstError(verdict)}), not ${one.outcomes.join(' or ')}`,
    );
  }
  if (one.reason !== undefined && !reference.reason?.includes(one.reason)) {
    found.push(`explained as “${reference.reason}”, which does not say “${one.reason}”`);
  }
  const why = `${reference.reason}\n${reference.error?.message}\n${reference.tests.map(({ error }) => error?.message).join('\n')}`;
  if (one.reasonOfTest && reference.outcome === 'failed' && !one.reasonOfTest.test(why)) {
    found.push(`failed with “${firstError(verdict)}”, which does not match ${one.reasonOfTest}`);
  }
  for (const [line] of said.matchAll(/^LEAK: .*/gm)) found.push(line);
  return found;
}

function firstError({ references }: Verdict): string {
  const [reference] = references;
  const error = reference?.error ?? reference?.tests.find((test) => test.error)?.error;
  return (error?.message ?? 'no message').slice(0, 300);
}

function textOf(event: EventBody): string {
  return event.type === 'output' ? event.text : JSON.stringify(event);
}
