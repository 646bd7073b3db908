import { type Answers, isCorrect, parseAnswers } from './quiz-answers.ts';

/**
 * Turns the quiz that the page holds as readable text into one that checks answers. Each question is a `<form>` of native
 * radio buttons or checkboxes; answering shows each option's explanation beside it and says the result in a live region.
 */
export class QuizElement extends HTMLElement {
  #answers: Answers = {};

  connectedCallback(): void {
    this.#answers = parseAnswers(this.#storage((store, key) => store.getItem(key)) ?? null);
    this.dataset.live = '';
    for (const form of this.querySelectorAll('form')) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.#answer(form);
      });
      form.addEventListener('reset', () => this.#forget(form));
      form.addEventListener('change', () => this.#reopen(form));
      const kept = this.#answers[form.dataset.question ?? ''];
      if (kept) {
        for (const index of kept) {
          const input = inputs(form)[index];
          if (input) input.checked = true;
        }
        this.#reveal(form);
      }
    }
    this.#count();
  }

  #answer(form: HTMLFormElement): void {
    const chosen = inputs(form).flatMap((input, index) => (input.checked ? [index] : []));
    if (chosen.length === 0) {
      say(form, 'Choose an answer first, then check it.');
      return;
    }
    this.#keep({ ...this.#answers, [form.dataset.question ?? '']: chosen });
    this.#reveal(form);
    this.#count();
  }

  #reveal(form: HTMLFormElement): void {
    const all = inputs(form);
    const right = isCorrect(
      all.flatMap((input, index) => (input.checked ? [index] : [])),
      all.map((input) => input.dataset.correct === 'true'),
    );
    form.dataset.result = right ? 'right' : 'wrong';
    say(form, right ? 'Right.' : 'Not quite: read why beside each answer, then try again.');
  }

  #forget(form: HTMLFormElement): void {
    const { [form.dataset.question ?? '']: _, ...others } = this.#answers;
    this.#keep(others);
    this.#reopen(form);
    inputs(form)[0]?.focus();
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

  #keep(answers: Answers): void {
    this.#answers = answers;
    this.#storage((store, key) => store.setItem(key, JSON.stringify(answers)));
  }

  // Storage throws where the browser forbids it; the quiz then works for as long as the page is open.
  #storage<T>(use: (store: Storage, key: string) => T): T | undefined {
    try {
      return use(localStorage, `boundary:quiz:${this.dataset.quiz}`);
    } catch {
      return undefined;
    }
  }
}

function inputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input')];
}

function say(form: HTMLFormElement, text: string): void {
  const place = form.querySelector('[role=status]');
  if (place) place.textContent = text;
}
