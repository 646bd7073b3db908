import { AnswersAwaited } from './AnswersAwaited.tsx';
import { useAnswers } from './use-answers.ts';

/** The test files of a check. */
export function HiddenTests({ slug, id }: { slug: string; id: string }) {
  const { answers, failed, again } = useAnswers(slug, true);
  const check = answers?.checks.find((one) => one.id === id);
  if (!check) return <AnswersAwaited what="The tests" failed={failed} again={again} />;
  return <TestFiles tests={check.tests} />;
}

export function TestFiles({ tests }: { tests: Readonly<Record<string, string>> }) {
  return Object.entries(tests).map(([path, text]) => (
    <div key={path} data-testid="hidden-tests">
      <p className="wb-quiet">
        <code>{path}</code>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
      <pre className="wb-lines" tabIndex={0}>
        {text}
      </pre>
    </div>
  ));
}
