/**
 * Lets a reader choose rows of a table and compare them: what was a row becomes a column, so that one or two fit a narrow
 * screen. With nothing chosen, the whole table is there. The table itself is not changed.
 */
export class ExploreTable extends HTMLElement {
  connectedCallback(): void {
    const whole = this.querySelector('table');
    if (!whole || this.querySelector('fieldset')) return;
    whole.dataset.whole = '';
    const said = document.createElement('p');
    said.setAttribute('role', 'status');
    said.className = 'visually-hidden';
    const choice = this.#choice([...whole.tBodies].flatMap((body) => [...body.rows]));
    choice.addEventListener('change', () => this.#compare(whole, choice, said));
    this.prepend(choice, said);
    // Five columns do not fit a telephone. One row does.
    const first = choice.querySelector('input');
    if (first && matchMedia('(max-width: 40rem)').matches) first.checked = true;
    this.#compare(whole, choice, said);
  }

  #choice(rows: HTMLTableRowElement[]): HTMLFieldSetElement {
    const fieldset = document.createElement('fieldset');
    const legend = document.createElement('legend');
    legend.textContent = `${this.dataset.of}: choose what to compare`;
    fieldset.append(legend);
    for (const [index, row] of rows.entries()) {
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'checkbox';
      input.value = String(index);
      label.append(input, row.cells[0]?.textContent ?? '');
      fieldset.append(label);
    }
    return fieldset;
  }

  #compare(whole: HTMLTableElement, choice: HTMLFieldSetElement, said: HTMLElement): void {
    this.querySelector('[data-compare]')?.remove();
    const rows = [...whole.tBodies].flatMap((body) => [...body.rows]);
    const chosen = [...choice.querySelectorAll('input')].flatMap(
      (input) => rows[input.checked ? +input.value : -1] ?? [],
    );
    this.toggleAttribute('data-chosen', chosen.length > 0);
    said.textContent =
      chosen.length === 0 ? 'The whole table.' : `Shown: ${chosen.map((row) => row.cells[0]?.textContent).join(', ')}.`;
    if (chosen.length === 0) return;
    const table = document.createElement('table');
    table.dataset.compare = '';
    for (const [column, heading] of [...(whole.tHead?.rows[0]?.cells ?? [])].entries()) {
      const line = (column === 0 ? table.createTHead() : (table.tBodies[0] ?? table.createTBody())).insertRow();
      line.append(cell('th', heading, column === 0 ? 'col' : 'row'));
      for (const row of chosen) {
        const from = row.cells[column];
        if (from) line.append(column === 0 ? cell('th', from, 'col') : cell('td', from));
      }
    }
    whole.before(table);
  }
}

function cell(tag: 'th' | 'td', from: Element, scope?: string): HTMLElement {
  const made = document.createElement(tag);
  if (scope) made.setAttribute('scope', scope);
  made.append(...[...from.childNodes].map((node) => node.cloneNode(true)));
  return made;
}
