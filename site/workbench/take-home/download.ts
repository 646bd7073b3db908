import { strToU8, zipSync } from 'fflate';
import { type Answers, loadAnswers } from '../answers.ts';
import type { Texts } from '../drafts.ts';
import type { WorkbenchExercise } from '../exercise-props.ts';
import { takeHomeProject } from './project.ts';

/** Hands the exercise with this code to the browser as a zip file. Rejects where the answers cannot be loaded. */
export async function downloadProject(exercise: WorkbenchExercise, texts: Texts): Promise<void> {
  const answers: Answers = await loadAnswers(exercise.slug);
  const files = Object.entries(takeHomeProject(exercise, answers, texts));
  const zipped = zipSync(Object.fromEntries(files.map(([path, text]) => [`${exercise.slug}/${path}`, strToU8(text)])));
  const address = URL.createObjectURL(new Blob([zipped], { type: 'application/zip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${exercise.slug}.zip`;
  link.click();
  // The browser has taken what it needs by its next turn.
  setTimeout(() => URL.revokeObjectURL(address));
}
