/** The taste on the start page. What talks to the runner is loaded with the first press on a button. */
export class TasteElement extends HTMLElement {
  #turn = 0;

  connectedCallback(): void {
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-run]')) {
      button.hidden = false;
      button.addEventListener('click', () => void this.#run(button));
    }
  }

  async #run(button: HTMLButtonElement): Promise<void> {
    this.#turn += 1;
    const mine = this.#turn;
    const { showTaste } = await import('./show-taste.ts').catch(() => ({ showTaste: undefined }));
    if (mine !== this.#turn) return;
    if (showTaste) await showTaste(this, button, () => mine === this.#turn);
    else {
      const tally = this.querySelector('[data-tally]');
      if (tally)
        tally.textContent = 'This part of the page could not be loaded. Check the connection, then press again.';
    }
  }
}
