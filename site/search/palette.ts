import { findPages, type Hit } from './find-pages.ts';

/** Lets the dialog search as one types, and arrow keys walk from the field through what it found. */
export function enhancePalette(dialog: HTMLDialogElement): void {
  const field = required<HTMLInputElement>(dialog, 'input');
  const places = required<HTMLElement>(dialog, '[data-places]');
  const hits = required<HTMLElement>(dialog, '[data-hits]');
  const status = required<HTMLElement>(dialog, '[role=status]');

  const search = async () => {
    const query = field.value.trim();
    places.hidden = query !== '';
    if (query === '') {
      hits.replaceChildren();
      status.textContent = '';
      return;
    }
    try {
      const found = await findPages(query);
      if (found === null || query !== field.value.trim()) return;
      hits.replaceChildren(...found.map(rowOf));
      status.textContent = found.length === 0 ? `Nothing here says “${query}”. Try a shorter word.` : '';
    } catch {
      status.textContent = 'The search could not be loaded. Check the connection, then type again.';
    }
  };
  field.addEventListener('input', () => void search());
  // What was typed while this code was on its way.
  void search();
  dialog.addEventListener('click', (event) => {
    // The dialog's own box is its backdrop; everything in it has an element of its own.
    if (event.target === dialog || (event.target as Element).closest('a')) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    const stops = [field, ...dialog.querySelectorAll<HTMLElement>('ul:not([hidden]) a')];
    const here = stops.indexOf(document.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      stops[(here + step + stops.length) % stops.length]?.focus();
    } else if (event.key === 'Enter' && document.activeElement === field) {
      event.preventDefault();
      stops[1]?.click();
    }
  });
}

function rowOf({ href, title, kind, excerpt }: Hit): HTMLElement {
  const row = document.createElement('li');
  const link = document.createElement('a');
  link.href = href;
  const name = document.createElement('strong');
  name.textContent = title;
  const label = document.createElement('span');
  label.className = 'label';
  label.textContent = kind;
  const text = document.createElement('span');
  text.className = 'excerpt';
  // Pagefind escapes the page's text and adds nothing but <mark>.
  text.innerHTML = excerpt;
  link.append(label, name, text);
  row.append(link);
  return row;
}

function required<T extends Element>(within: Element, selector: string): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`The search has no ${selector}.`);
  return found;
}
