import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExerciseDefinition, loadExercise } from '../../exercises/format.ts';
import { ServiceError } from '../errors.ts';
import { acceptSubmission } from './submission.ts';

const limits = { submissionFiles: 32, submissionBytes: 256 * 1024 };
const editable = 'user-repository.test.ts';

let exercise: ExerciseDefinition;
beforeAll(async () => {
  exercise = await loadExercise(join(import.meta.dirname, '..', '..', 'exercises'), 'user-repository');
});

function accept(files: Record<string, string>, only?: string) {
  const submission = { exercise: exercise.slug, language: 'typescript' as const, files };
  return acceptSubmission(only === undefined ? submission : { ...submission, only }, exercise, limits);
}

function refusal(files: Record<string, string>): ServiceError {
  try {
    accept(files);
  } catch (error) {
    if (error instanceof ServiceError) return error;
  }
  throw new Error('The submission was accepted.');
}

describe('acceptSubmission', () => {
  it('takes the exercise’s editable files', () => {
    expect(accept({ [editable]: 'test text' })).toEqual({ [editable]: 'test text' });
  });

  it.each([
    ['a parent folder', '../user-repository.test.ts', '“..”'],
    ['a parent folder in the middle', 'a/../user-repository.test.ts', '“..”'],
    ['the folder itself', './user-repository.test.ts', '“.”'],
    ['an empty part', 'a//b.ts', 'empty part'],
    ['an absolute path', '/etc/passwd', 'absolute'],
    ['a drive', 'C:/x.ts', 'absolute'],
    ['a backslash', 'a\\b.ts', '“\\”'],
    ['NUL', 'a\0.ts', 'control or invisible'],
    ['a line break', 'a\n.ts', 'control or invisible'],
    ['a right-to-left override', 'a\u202Est.ts', 'control or invisible'],
    ['a zero-width space', 'a\u200B.ts', 'control or invisible'],
    ['half a surrogate pair', 'a\uD800.ts', 'control or invisible'],
    ['no name', '', 'empty'],
    ['a very long name', `${'x'.repeat(300)}.ts`, 'longer than 200'],
    ['a file that is not the learner’s', 'user-repository.ts', editable],
    ['the tools’ configuration', 'vitest.config.ts', editable],
    ['a package manifest', 'package.json', editable],
    ['a name that every object has', 'constructor', editable],
  ])('refuses %s', (_what, path, says) => {
    const error = refusal({ [path]: 'text' });
    expect(error).toMatchObject({ code: 'submission-rejected', status: 422 });
    expect(error.errors?.[0]?.message).toContain(says);
  });

  it('refuses paths that differ in case only', () => {
    const error = refusal({ [editable]: '', [editable.toUpperCase()]: '' });
    expect(error.errors?.map(({ message }) => message).join()).toContain('in case only');
  });

  it('names every fault at once', () => {
    expect(refusal({ '../a': '', '/b': '', [editable]: 'a\0b' }).errors).toHaveLength(3);
  });

  it('refuses text that the store cannot hold', () => {
    expect(refusal({ [editable]: 'a\0b' }).errors?.[0]?.message).toContain('NUL');
    expect(refusal({ [editable]: 'a\uDC00b' }).errors?.[0]?.message).toContain('UTF-8');
    expect(() => accept({ [editable]: '' }, 'a\0b')).toThrow(expect.objectContaining({ status: 422 }));
  });

  it('counts bytes, not characters, and counts the paths too', () => {
    const room = limits.submissionBytes - editable.length;
    expect(accept({ [editable]: 'x'.repeat(room) })).toHaveProperty([editable]);
    expect(refusal({ [editable]: 'x'.repeat(room + 1) })).toMatchObject({ code: 'submission-too-large', status: 413 });
    expect(refusal({ [editable]: 'ü'.repeat(room / 2 + 1) }).status).toBe(413);
  });

  it('refuses 33 files without looking at them', () => {
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`f${n}.ts`, '']));
    expect(refusal(many).message).toContain('32 files');
  });
});
