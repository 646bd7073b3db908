import { keep } from '../progress/progress.ts';

const KEY = 'boundary:theme';
const order = ['system', 'light', 'dark'] as const;
type Theme = (typeof order)[number];

const words: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** Lets the button go round system, light and dark; keeps the choice and follows it in other tabs. */
export function enhanceThemeToggle(button: HTMLButtonElement): void {
  const show = () => {
    const theme = read();
    const next = after(theme);
    button.dataset.theme = theme;
    button.setAttribute('aria-label', `Theme: ${words[theme]}. Change to ${words[next]}`);
    const label = button.querySelector('[data-label]');
    if (label) label.textContent = words[theme];
  };
  button.addEventListener('click', () => {
    write(after(read()));
    show();
  });
  window.addEventListener('storage', (event) => {
    if (event.key !== KEY) return;
    apply(event.newValue === 'light' || event.newValue === 'dark' ? event.newValue : 'system');
    show();
  });
  button.hidden = false;
  show();
}

function read(): Theme {
  const theme = document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function write(theme: Theme): void {
  apply(theme);
  // Where storage is off, the choice lasts as long as the page.
  keep({ [KEY]: theme === 'system' ? null : theme });
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function after(theme: Theme): Theme {
  return order[(order.indexOf(theme) + 1) % order.length] ?? 'system';
}
