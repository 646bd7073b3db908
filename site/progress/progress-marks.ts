import { isDone, setDone } from './progress.ts';

/** Shows on each row of a list whether what it leads to is done. */
export function showMarks(root: ParentNode): void {
  for (const mark of root.querySelectorAll<HTMLElement>('[data-done]')) {
    const { done: kind, slug = '' } = mark.dataset;
    if (kind === 'lesson' || kind === 'exercise') mark.hidden = !isDone(kind, slug);
  }
}

/** A button that says whether its lesson is read, and turns it round. */
export function enhanceReadButton(button: HTMLButtonElement): void {
  const slug = button.dataset.lesson ?? '';
  const show = () => {
    const read = isDone('lesson', slug);
    button.setAttribute('aria-pressed', String(read));
  };
  button.addEventListener('click', () => {
    const kept = setDone('lesson', slug, !isDone('lesson', slug));
    const words = button.parentElement?.querySelector('[role=status]');
    if (words) words.textContent = kept ? '' : 'This browser keeps nothing, so it will not be remembered.';
    show();
  });
  window.addEventListener('storage', show);
  button.hidden = false;
  show();
}
