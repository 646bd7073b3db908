import type { ProofView } from './run-proof.ts';

/** The part of a misconception’s page that runs its experiment. What runs it is loaded when somebody asks for it. */
export class ProofElement extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.dataset.live = '';
    const form = this.querySelector('form');
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#run(form);
    });
    this.querySelector('[data-stop]')?.addEventListener('click', () => this.#stop?.());
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  async #run(form: HTMLFormElement): Promise<void> {
    if (this.dataset.running !== undefined) return;
    this.dataset.running = '';
    const say = (text: string) => {
      const status = this.querySelector('[role=status]');
      if (status) status.textContent = text;
    };
    say('Sending the experiment to the runner …');
    try {
      const { runProof } = await import('./run-proof.ts');
      const field = form.querySelector('textarea');
      const files = field ? { [field.name]: field.value } : {};
      const view: ProofView = {
        say,
        table: this.#part('table'),
        notes: this.#part('[data-notes]'),
        source: this.#part('[data-source]'),
      };
      await runProof(this.dataset.proof ?? '', files, view, (stop) => {
        this.#stop = stop;
      });
    } catch {
      say('The experiment could not be loaded. Check your connection and reload the page.');
    } finally {
      this.#stop = undefined;
      delete this.dataset.running;
    }
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(selector);
    if (!part) throw new Error(`A proof has no ${selector}.`);
    return part;
  }
}
