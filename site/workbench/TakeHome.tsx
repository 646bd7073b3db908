import { useState } from 'react';
import type { Texts } from './drafts.ts';
import type { WorkbenchExercise } from './exercise-props.ts';

/** The exercise and one’s own code as a project for one’s own editor and Docker. */
export function TakeHome({ exercise, latest }: { exercise: WorkbenchExercise; latest(): Texts }) {
  const [word, setWord] = useState('');
  const download = async () => {
    setWord('');
    try {
      const { downloadProject } = await import('./take-home/download.ts');
      await downloadProject(exercise, latest());
      setWord('Unpack it, then: npm install && npm test');
    } catch {
      setWord('The download could not be made: the runner does not answer. Your edits are safe; try again.');
    }
  };
  return (
    <span className="wb-take-home">
      <button type="button" className="button button-plain" onClick={() => void download()}>
        Take it home
      </button>
      <span role="status">{word}</span>
    </span>
  );
}
