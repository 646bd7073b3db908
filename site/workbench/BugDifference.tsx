import { AnswersAwaited } from './AnswersAwaited.tsx';
import { DiffView } from './DiffView.tsx';
import { useAnswers } from './use-answers.ts';

/** A bug beside the correct code that it was planted in. */
export function BugDifference({ slug, id }: { slug: string; id: string }) {
  const { answers, failed, again } = useAnswers(slug, true);
  const bug = answers?.mutants.find((mutant) => mutant.id === id);
  const base = answers?.references.find((reference) => reference.id === bug?.base);
  if (!bug || !base) return <AnswersAwaited what="The difference" failed={failed} again={again} />;
  return (
    <div data-testid="bug-difference">
      {Object.entries(bug.changed).map(([path, text]) => (
        <div key={path}>
          <p className="wb-quiet">
            <code>{path}</code>: “{base.title}”, and the bug in it
          </p>
          <DiffView label={`The bug in ${path}`} before={base.files[path] ?? ''} after={text} />
        </div>
      ))}
    </div>
  );
}
