import { keep } from '../progress/progress.ts';

const key = 'boundary:language';
const changed = 'boundary:language';
let made = 0;

/** Code in several languages, as tabs. Which one is shown is the reader's choice for the whole site, kept in the browser. */
export class LanguageTabs extends HTMLElement {
  readonly #show = () => this.#mark();

  connectedCallback(): void {
    const id = `languages-${++made}`;
    const list = this.querySelector('.languages');
    list?.setAttribute('role', 'tablist');
    list?.setAttribute('aria-label', 'Language');
    for (const tab of this.#tabs()) {
      const language = tab.dataset.choose ?? '';
      tab.role = 'tab';
      tab.id = `${id}-${language}`;
      const panel = this.querySelector(`[data-variant=${language}]`);
      panel?.setAttribute('role', 'tabpanel');
      panel?.setAttribute('id', `${id}-${language}-code`);
      panel?.setAttribute('aria-labelledby', tab.id);
      tab.setAttribute('aria-controls', `${id}-${language}-code`);
      tab.addEventListener('click', () => this.#choose(tab));
      tab.addEventListener('keydown', (event) => this.#move(event));
    }
    document.addEventListener(changed, this.#show);
    this.#mark();
  }

  disconnectedCallback(): void {
    document.removeEventListener(changed, this.#show);
  }

  #tabs(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>('[data-choose]')];
  }

  #choose(tab: HTMLButtonElement): void {
    const before = tab.getBoundingClientRect().top;
    const language = tab.dataset.choose ?? '';
    document.documentElement.dataset.language = language;
    // Where the browser keeps nothing, the choice holds for as long as the page is open.
    keep({ [key]: language });
    document.dispatchEvent(new Event(changed));
    // Code above has become longer or shorter; what the reader looks at stays where it is.
    scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: 'instant' });
  }

  #move(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const tabs = this.#tabs();
    const at = tabs.indexOf(event.currentTarget as HTMLButtonElement);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const tab = tabs.at(target % tabs.length);
    if (!tab) return;
    this.#choose(tab);
    tab.focus();
  }

  /** A language that this code does not have leaves the first one selected, as the styles do. */
  #mark(): void {
    const { language = '' } = document.documentElement.dataset;
    const tabs = this.#tabs();
    const selected = tabs.find(({ dataset }) => dataset.choose === language) ?? tabs[0];
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === selected));
      tab.tabIndex = tab === selected ? 0 : -1;
    }
  }
}
