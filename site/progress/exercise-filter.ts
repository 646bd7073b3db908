import { exerciseState } from './exercise-state.ts';

/**
 * Lets the catalogue be narrowed by the fields of its form, and keeps the choice in the address, so that a narrowed list can
 * be shared and come back to. Rows say what they are in `data-kind`, `data-level` and `data-lesson`.
 */
export function enhanceCatalogue(root: HTMLElement): void {
  const form = root.querySelector('form');
  const status = root.querySelector('[role=status]');
  if (!form || !status) return;
  const rows = [...root.querySelectorAll<HTMLElement>('[data-exercise-row]')];
  const fields = [...form.querySelectorAll('select')];

  const markStates = () => {
    for (const row of rows) {
      const state = exerciseState(row.dataset.exerciseRow ?? '');
      row.dataset.state = state;
      const words = row.querySelector('[data-state-words]');
      if (words) words.textContent = state === 'to do' ? '' : state;
    }
  };
  const narrow = () => {
    const wanted = fields.filter(({ value }) => value !== '');
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every(({ name, value }) => row.dataset[name] === value);
      if (!row.hidden) shown += 1;
    }
    status.textContent =
      shown === 0 ? 'None is like that. Show all of them, or choose differently.' : `${shown} of ${rows.length} shown`;
  };
  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = asked.get(field.name) ?? '';
      field.value = [...field.options].some((option) => option.value === value) ? value : '';
    }
  };

  form.addEventListener('change', () => {
    const address = new URL(location.href);
    for (const { name, value } of fields) {
      if (value === '') address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    history.replaceState(history.state, '', address);
    narrow();
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    for (const field of fields) field.value = '';
    form.dispatchEvent(new Event('change'));
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('storage', () => {
    markStates();
    narrow();
  });
  markStates();
  readAddress();
  narrow();
  root.dataset.live = '';
}
