/** Checks a submission against its exercise, before anything of it is stored or run. */
import type { ExerciseDefinition, Files } from '../../exercises/format.ts';
import { ServiceError } from '../errors.ts';
import type { Language, Submission } from '../protocol.ts';

export type SubmissionLimits = { submissionFiles: number; submissionBytes: number };

type Fault = { path: string; message: string };

/** Longest path, in UTF-16 units: far beyond any exercise's, far below what file systems refuse. */
const longestPath = 200;
// Control characters, and those that change the direction or hide: a path must read as what it is.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u;

/**
 * The files that a run starts with: the submitted ones, and the starter's for each editable path that was left out.
 * Throws {@link ServiceError}: `language-not-offered`, `submission-too-large`, `submission-rejected` with every fault.
 */
export function acceptSubmission(
  submission: Submission,
  exercise: ExerciseDefinition,
  limits: SubmissionLimits,
): Files {
  const { files } = submission;
  const paths = Object.keys(files);
  if (paths.length > limits.submissionFiles) throw tooLarge(`${limits.submissionFiles} files`);
  const bytes = Object.entries(files).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (bytes > limits.submissionBytes) throw tooLarge(`${limits.submissionBytes / 1024} KiB of text`);

  const { starter } = languageOf(exercise, submission.language);
  const editable = Object.keys(starter);
  const faults = paths.flatMap((path): Fault[] => {
    const problem = pathProblem(path) ?? strangerProblem(path, editable) ?? textProblem(files[path] ?? '');
    return problem === undefined ? [] : [{ path: `files/${path.toWellFormed()}`, message: problem }];
  });
  faults.push(...collisions(paths));
  // A proof without a variation has nothing to send.
  if (paths.length === 0 && editable.length > 0) {
    faults.push({ path: 'files', message: `No file was sent. Send ${editable.join(', ')}.` });
  }
  if (submission.only !== undefined && textProblem(submission.only) !== undefined) {
    faults.push({ path: 'only', message: 'The test’s name holds a character that no test’s name can hold.' });
  }
  if (faults.length > 0) throw new ServiceError('submission-rejected', { count: faults.length }, { errors: faults });
  return { ...starter, ...files };
}

function languageOf(exercise: ExerciseDefinition, language: Language) {
  if (Object.hasOwn(exercise.languages, language)) return exercise.languages[language];
  const languages = Object.keys(exercise.languages).join(', ');
  throw new ServiceError('language-not-offered', { exercise: exercise.slug, language, languages });
}

function pathProblem(path: string): string | undefined {
  if (path === '') return 'The path is empty. Give the file a name.';
  if (path.length > longestPath) return `The path is longer than ${longestPath} characters. Shorten it.`;
  if (unprintable.test(path)) return 'The path holds a control or invisible character. Use visible characters only.';
  if (path.includes('\\')) return 'The path holds “\\”. Separate folders with “/”.';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'The path is absolute. Use one relative to the exercise.';
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    return 'The path holds an empty part, “.” or “..”. Name the folders and the file themselves.';
  }
  return undefined;
}

function strangerProblem(path: string, editable: readonly string[]): string | undefined {
  if (editable.includes(path)) return undefined;
  return `The exercise has no editable file of this name. Its editable files are ${editable.join(', ')}.`;
}

function textProblem(text: string): string | undefined {
  if (text.includes('\0')) return 'The text holds a NUL character. Remove it.';
  if (!text.isWellFormed()) return 'The text holds half of a surrogate pair. Save the file as UTF-8.';
  return undefined;
}

/** Paths that are one file where case, or the way accents are encoded, does not count. */
function collisions(paths: readonly string[]): Fault[] {
  const seen = new Map<string, string>();
  return paths.flatMap((path) => {
    const folded = path.normalize('NFKC').toLowerCase();
    const other = seen.get(folded);
    seen.set(folded, path);
    if (other === undefined) return [];
    return [
      { path: `files/${path.toWellFormed()}`, message: `The path differs from ${other} in case only. Keep one.` },
    ];
  });
}

function tooLarge(limit: string): ServiceError {
  return new ServiceError('submission-too-large', { limit });
}
