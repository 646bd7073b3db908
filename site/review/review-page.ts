import { everythingKept, keep } from '../progress/progress.ts';
import { type Card, cardsIn, isDue, keyOf } from './cards.ts';
import type { Scheduled } from './remember-answers.ts';

/** Asks the questions that are due, one after the other, each as it stands on the page of its quiz. */
export function enhanceReview(root: HTMLElement): void {
  const pages = JSON.parse(root.dataset.pages ?? '{}') as Record<string, string>;
  const status = root.querySelector('[data-summary]');
  const place = root.querySelector('[data-question-place]');
  const begin = root.querySelector<HTMLButtonElement>('[data-do=begin]');
  const next = root.querySelector<HTMLButtonElement>('[data-do=next]');
  const comes = root.querySelector('[data-comes-back]');
  if (!status || !place || !begin || !next || !comes) return;
  let current: Card | undefined;

  const known = () => cardsIn(everythingKept()).filter(({ quiz }) => quiz in pages);
  const due = () => known().filter((card) => isDue(card, new Date()));
  // Told once: a screen reader would read the same words again.
  const tell = (text: string) => {
    if (status.textContent !== text) status.textContent = text;
  };
  const say = () => {
    const waiting = due().length;
    tell(summary(waiting, known().length, known()[0]?.card.due));
    begin.hidden = waiting === 0 || current !== undefined;
    begin.textContent = waiting === 1 ? 'Answer it' : 'Begin';
  };
  const ask = async () => {
    [current] = due();
    next.hidden = true;
    comes.textContent = '';
    if (!current) place.replaceChildren();
    else {
      const asked = await questionOf(current, pages[current.quiz] ?? '');
      if (typeof asked === 'string') {
        // Back to the beginning, which is where another try starts.
        current = undefined;
        place.replaceChildren();
        say();
        tell(asked);
        begin.focus();
        return;
      }
      place.replaceChildren(asked);
      asked.querySelector<HTMLElement>('input, [data-move]')?.focus();
    }
    say();
  };

  begin.addEventListener('click', () => void ask());
  next.addEventListener('click', () => void ask());
  document.addEventListener('boundary:scheduled', (event) => {
    const { key, due: back } = (event as CustomEvent<Scheduled>).detail;
    if (!current || key !== keyOf(current)) return;
    const waiting = due().length;
    comes.textContent = `It comes back on ${dayOf(back)}.`;
    next.textContent = waiting === 0 ? 'Done' : 'Next question';
    next.hidden = false;
    tell(summary(waiting, known().length, known()[0]?.card.due));
  });
  // Other tabs, and the runner's copy, bring questions and take them away.
  addEventListener('storage', say);
  root.dataset.live = '';
  say();
}

/** The question as an element that can be answered, or a sentence that says why it cannot be shown. */
async function questionOf({ quiz, question }: Card, address: string): Promise<HTMLElement | string> {
  const [html] = await Promise.all([
    fetch(address).then((answer) => (answer.ok ? answer.text() : undefined)),
    prepareQuestions(),
  ]).catch(() => []);
  if (html === undefined) return 'The question could not be loaded. Check the connection, then begin again.';
  const form = new DOMParser()
    .parseFromString(html, 'text/html')
    .querySelector(`boundary-quiz[data-quiz="${CSS.escape(quiz)}"] form[data-question="${CSS.escape(question)}"]`);
  if (!form) {
    keep({ [keyOf({ quiz, question })]: null });
    return 'That question is no longer in the course, so it will not be asked again.';
  }
  const wrapper = document.createElement('boundary-quiz');
  wrapper.dataset.quiz = quiz;
  wrapper.dataset.fresh = '';
  wrapper.append(document.importNode(form, true));
  return wrapper;
}

/** What makes a question one that can be answered; only needed once there is one. */
async function prepareQuestions(): Promise<void> {
  const [{ QuizElement }, { rememberAnswers }] = await Promise.all([
    import('../quiz/quiz-element.ts'),
    import('./remember-answers.ts'),
  ]);
  if (customElements.get('boundary-quiz')) return;
  customElements.define('boundary-quiz', QuizElement);
  rememberAnswers(document);
}

function summary(due: number, all: number, first: string | undefined): string {
  if (due > 0) return due === 1 ? '1 question is due.' : `${due} questions are due.`;
  if (all === 0 || !first) return 'Nothing here yet. Questions that you miss in a quiz will come back on this page.';
  const rest = all === 1 ? 'The one that you missed' : `The first of ${all}`;
  return `Nothing is due. ${rest} comes back on ${dayOf(first)}.`;
}

function dayOf(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(iso));
}
