/**
 * Makes a drawing one that is gone through step by step. The page holds the whole drawing and all steps in words; here they
 * become two buttons, one step in words at a time, and `data-step` elements that are dim until their step is reached.
 */
export class StepThrough extends HTMLElement {
  /** 0 is the whole drawing, then one step each. */
  #at = 0;

  connectedCallback(): void {
    this.dataset.live = '';
    this.querySelector('[data-go="back"]')?.addEventListener('click', () => this.#go(-1));
    this.querySelector('[data-go="on"]')?.addEventListener('click', () => this.#go(1));
    this.#show();
  }

  #go(by: number): void {
    const count = this.#words().length;
    this.#at = (this.#at + by + count + 1) % (count + 1);
    this.#show();
  }

  #show(): void {
    for (const part of this.querySelectorAll<SVGElement>('[data-step]')) {
      const step = Number(part.dataset.step);
      part.dataset.when = this.#at === 0 || step < this.#at ? 'past' : step === this.#at ? 'now' : 'later';
    }
    const words = this.#words();
    const place = this.querySelector('[data-words]');
    if (place) {
      place.textContent =
        this.#at === 0
          ? `The whole of it. Press “Next step” to go through its ${words.length} steps.`
          : `${this.#at} of ${words.length}. ${words[this.#at - 1]?.textContent ?? ''}`;
    }
  }

  #words(): HTMLLIElement[] {
    return [...this.querySelectorAll('li')];
  }
}
