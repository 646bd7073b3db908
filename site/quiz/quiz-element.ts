import { keep, kept } from '../progress/progress.ts';
import { inPlace, isCorrect, parseAnswers, withAnswer } from './quiz-answers.ts';
import { enhanceStepList, markSteps, orderOf, putInOrder } from './step-list.ts';

/** What a question that was checked tells the page, as the detail of a bubbling `boundary:answered` event. */
export type Answered = { quiz: string; question: string; right: boolean };

/**
 * Turns the quiz that the page holds as readable text into one that checks answers. Each question is a `<form>` of native
 * radio buttons or checkboxes, or a list of steps with buttons; answering shows each explanation in its place and says the
 * result in a live region.
 */
export class QuizElement extends HTMLElement {
  connectedCallback(): void {
    const answers = parseAnswers(kept(this.#key));
    this.dataset.live = '';
    for (const form of this.querySelectorAll('form')) {
      const steps = stepsOf(form);
      if (steps) enhanceStepList(steps, (text) => say(form, text));
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.#answer(form);
      });
      form.addEventListener('reset', () => this.#forget(form));
      form.addEventListener('change', () => this.#reopen(form));
      // A question that comes back for review is to be answered anew.
      const answer = this.dataset.fresh === undefined ? answers[form.dataset.question ?? ''] : undefined;
      if (answer && restore(form, answer)) this.#reveal(form);
    }
    this.#count();
  }

  #answer(form: HTMLFormElement): void {
    const chosen = chosenIn(form);
    if (chosen.length === 0) {
      say(form, 'Choose an answer first, then check it.');
      return;
    }
    const question = form.dataset.question ?? '';
    this.#keep(question, chosen);
    const right = this.#reveal(form);
    this.#count();
    const detail: Answered = { quiz: this.dataset.quiz ?? '', question, right };
    this.dispatchEvent(new CustomEvent('boundary:answered', { bubbles: true, detail }));
  }

  #reveal(form: HTMLFormElement): boolean {
    const chosen = chosenIn(form);
    const steps = stepsOf(form);
    if (steps) markSteps(steps);
    const right = steps
      ? inPlace(chosen) === chosen.length
      : isCorrect(
          chosen,
          inputs(form).map((input) => input.dataset.correct === 'true'),
        );
    form.dataset.result = right ? 'right' : 'wrong';
    const wrong = steps
      ? `Not quite: ${inPlace(chosen)} of ${chosen.length} stand in their place. Read why beside each step, then try again.`
      : 'Not quite: read why beside each answer, then try again.';
    say(form, right ? 'Right.' : wrong);
    return right;
  }

  #forget(form: HTMLFormElement): void {
    this.#keep(form.dataset.question ?? '', undefined);
    this.#reopen(form);
    form.querySelector<HTMLElement>('input, [data-move]')?.focus();
  }

  /** Another choice takes the result back until it is checked. */
  #reopen(form: HTMLFormElement): void {
    delete form.dataset.result;
    say(form, '');
    this.#count();
  }

  #count(): void {
    const forms = [...this.querySelectorAll('form')];
    const right = forms.filter((form) => form.dataset.result === 'right').length;
    const place = this.querySelector('[data-score]');
    if (place) place.textContent = `${right} of ${forms.length} right`;
  }

  /** Over what is kept now: another tab, or the runner’s copy, may have brought answers since. */
  #keep(question: string, chosen: readonly number[] | undefined): void {
    keep({ [this.#key]: withAnswer(kept(this.#key), question, chosen) });
  }

  get #key(): string {
    return `boundary:quiz:${this.dataset.quiz}`;
  }
}

function stepsOf(form: HTMLFormElement): HTMLElement | null {
  return form.querySelector<HTMLElement>('[data-steps]');
}

function inputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input')];
}

/** Numbers of the chosen options, counted as they stand on the page, or of the steps from first to last. */
function chosenIn(form: HTMLFormElement): number[] {
  const steps = stepsOf(form);
  return steps ? orderOf(steps) : inputs(form).flatMap((input, index) => (input.checked ? [index] : []));
}

/** Shows what was answered before, unless the question has changed since. */
function restore(form: HTMLFormElement, kept: readonly number[]): boolean {
  const steps = stepsOf(form);
  if (steps) return putInOrder(steps, kept);
  const all = inputs(form);
  for (const index of kept) {
    const input = all[index];
    if (!input) return false;
    input.checked = true;
  }
  return true;
}

function say(form: HTMLFormElement, text: string): void {
  const place = form.querySelector('[role=status]');
  if (place) place.textContent = text;
}
