/**
 * A list of steps that a person puts in order. Two buttons move each, so that it works by keyboard, touch and screen reader
 * alike; the focus stays on the button that was used.
 */
export function enhanceStepList(list: HTMLElement, say: (text: string) => void): void {
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-move]');
    const item = button?.closest('li');
    if (!button || !item) return;
    const up = button.dataset.move === 'up';
    const neighbour = up ? item.previousElementSibling : item.nextElementSibling;
    const name = item.querySelector('[data-text]')?.textContent ?? '';
    if (!neighbour) return say(`“${name}” is ${up ? 'first' : 'last'} already.`);
    if (up) neighbour.before(item);
    else neighbour.after(item);
    button.focus();
    list.dispatchEvent(new Event('change', { bubbles: true }));
    const items = [...list.children];
    say(`“${name}” is ${items.indexOf(item) + 1} of ${items.length} now.`);
  });
}

/** The steps’ numbers from first to last, as they stand. */
export function orderOf(list: HTMLElement): number[] {
  return [...list.querySelectorAll<HTMLElement>(':scope > li')].map(({ dataset }) => Number(dataset.place));
}

/** Puts the steps in the given order; one that names other steps than the list has changes nothing and returns false. */
export function putInOrder(list: HTMLElement, order: readonly number[]): boolean {
  const items = new Map(
    [...list.querySelectorAll<HTMLElement>(':scope > li')].map((item) => [Number(item.dataset.place), item]),
  );
  if (order.length !== items.size || new Set(order).size !== items.size || !order.every((step) => items.has(step)))
    return false;
  for (const step of order) {
    const item = items.get(step);
    if (item) list.append(item);
  }
  return true;
}

/** Marks each step as standing in its place or not. */
export function markSteps(list: HTMLElement): void {
  for (const [place, item] of [...list.children].entries()) {
    const right = Number((item as HTMLElement).dataset.place) === place;
    item.classList.toggle('correct', right);
    item.classList.toggle('incorrect', !right);
  }
}
