import { markSteps, orderOf, putInOrder } from '../../quiz/step-list.ts';

/** Draws questions as they stand once they are answered, and keeps nothing: these are no answers of the reader's. */
export function showAnswered(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-shown] form')) {
    const right = form.closest<HTMLElement>('[data-shown]')?.dataset.shown === 'right';
    const steps = form.querySelector<HTMLElement>('[data-steps]');
    if (steps) {
      const inOrder = orderOf(steps).toSorted((a, b) => a - b);
      putInOrder(steps, right ? inOrder : inOrder.toReversed());
      markSteps(steps);
    }
    for (const input of form.querySelectorAll('input')) {
      input.checked = (input.dataset.correct === 'true') === right;
    }
    form.dataset.result = right ? 'right' : 'wrong';
    const words = form.querySelector('[role=status]');
    if (words) words.textContent = right ? 'Right.' : 'Not quite: read why beside each answer, then try again.';
  }
}
