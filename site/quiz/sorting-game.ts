/**
 * Makes a list of cases a game: one case at a time is put on one of two piles, by button or by the arrow keys, and its
 * explanation follows. The page holds cases, kinds and explanations; nothing is kept.
 */
export class SortingGame extends HTMLElement {
  #at = 0;
  #right = 0;

  connectedCallback(): void {
    this.dataset.live = '';
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-choose]')) {
      button.addEventListener('click', () => this.#choose(button.dataset.choose ?? ''));
    }
    this.querySelector('[data-next]')?.addEventListener('click', () => this.#show(this.#at + 1));
    this.querySelector('[data-again]')?.addEventListener('click', () => this.#restart());
    this.addEventListener('keydown', (event) => this.#key(event));
    this.#show(0, false);
  }

  /** The piles stand left and right, and so do the keys. */
  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const kind = { ArrowLeft: 'unit', ArrowRight: 'integration' }[event.key];
    if (!kind || this.#case?.dataset.verdict) return;
    event.preventDefault();
    this.#choose(kind);
  }

  #choose(kind: string): void {
    const now = this.#case;
    if (!now || now.dataset.verdict) return;
    const right = now.dataset.kind === kind;
    now.dataset.verdict = right ? 'right' : 'wrong';
    if (right) this.#right += 1;
    const placed = document.createElement('li');
    placed.dataset.verdict = now.dataset.verdict;
    placed.textContent = `${right ? '✓' : '✗ Not here:'} ${now.querySelector('.case')?.textContent?.trim() ?? ''}`;
    this.querySelector(`[data-pile="${kind}"]`)?.append(placed);
    this.#say(right ? 'Right.' : 'Not quite.', right);
    this.#controls();
    this.querySelector<HTMLElement>(this.#at + 1 < this.#cases.length ? '[data-next]' : '[data-again]')?.focus();
  }

  #show(at: number, focus = true): void {
    this.#at = at;
    for (const [index, item] of this.#cases.entries()) item.toggleAttribute('data-now', index === at);
    this.#say(`Case ${at + 1} of ${this.#cases.length}. Which test would convince you?`);
    this.#controls();
    if (focus) this.#case?.focus();
  }

  #restart(): void {
    this.#right = 0;
    for (const item of this.#cases) delete item.dataset.verdict;
    for (const pile of this.querySelectorAll('[data-pile]')) pile.replaceChildren();
    this.#show(0);
  }

  #controls(): void {
    const answered = this.#case?.dataset.verdict !== undefined;
    const last = this.#at + 1 === this.#cases.length;
    for (const button of this.querySelectorAll<HTMLElement>('[data-choose]')) button.hidden = answered;
    for (const [name, shown] of [
      ['next', answered && !last],
      ['again', answered && last],
    ] as const) {
      const button = this.querySelector<HTMLElement>(`[data-${name}]`);
      if (button) button.hidden = !shown;
    }
    for (const count of this.querySelectorAll<HTMLElement>('[data-count]')) {
      count.textContent = String(this.querySelectorAll(`[data-pile="${count.dataset.count}"] li`).length);
    }
  }

  #say(text: string, right?: boolean): void {
    const said = this.querySelector<HTMLElement>('[data-said]');
    if (!said) return;
    const verdict = document.createElement('strong');
    verdict.textContent = text;
    said.replaceChildren(verdict);
    if (right === undefined) {
      delete said.dataset.verdict;
      return;
    }
    said.dataset.verdict = right ? 'right' : 'wrong';
    const why = [...(this.#case?.querySelector('.why')?.childNodes ?? [])].map((node) => node.cloneNode(true));
    said.append(' ', ...why);
    if (this.#at + 1 === this.#cases.length)
      said.append(` You sorted ${this.#right} of ${this.#cases.length} correctly.`);
  }

  get #cases(): HTMLLIElement[] {
    return [...this.querySelectorAll<HTMLLIElement>('[data-cases] > li')];
  }

  get #case(): HTMLLIElement | undefined {
    return this.#cases[this.#at];
  }
}
