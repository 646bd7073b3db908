import { everythingKept, forgetEverything, isDone, keep } from './progress.ts';
import { addedTo, readProgressFile, writeProgressFile } from './progress-file.ts';
import { showMarks } from './progress-marks.ts';

/** Counts what is done, and lets a person take it along, bring it back or have it forgotten. */
export function enhanceProgressPage(page: HTMLElement): void {
  const status = required<HTMLElement>(page, '[role=status]');
  const file = required<HTMLInputElement>(page, '[type=file]');
  const sure = required<HTMLDialogElement>(page, 'dialog');
  const show = () => {
    showMarks(page);
    for (const place of page.querySelectorAll<HTMLElement>('[data-count]')) {
      const kind = place.dataset.count === 'exercise' ? 'exercise' : 'lesson';
      const slugs = [...page.querySelectorAll<HTMLElement>(`[data-done=${kind}]`)].map(({ dataset }) => dataset.slug);
      const done = slugs.filter((slug) => isDone(kind, slug ?? '')).length;
      place.textContent = `${done} of ${slugs.length}`;
    }
  };
  const say = (text: string) => {
    status.textContent = text;
    show();
  };

  onClick(page, 'export', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([writeProgressFile(everythingKept())], { type: 'application/json' }));
    link.download = `boundary-progress-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
    say('Saved. Import the file in another browser to go on there.');
  });
  onClick(page, 'import', () => file.click());
  file.addEventListener('change', async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const result = readProgressFile(await chosen.text());
    file.value = '';
    if ('problem' in result) say(result.problem);
    else if (keep(addedTo(everythingKept(), result.entries)))
      say('Imported. Where this browser had a test, an answer or a choice of its own, that one stays.');
    else
      say('This browser could not keep all of it: its storage is full or switched off. Free some, then import again.');
  });
  onClick(page, 'forget', () => sure.showModal());
  sure.addEventListener('close', () => {
    if (sure.returnValue !== 'forget') return;
    sure.returnValue = '';
    void forget().then(say);
  });
  window.addEventListener('storage', show);
  page.dataset.live = '';
  show();
  // What this browser has lost, the runner may still have.
  void sync().then((copy) => copy?.syncProgress());
}

/** The runner’s copy; undefined where the code for it cannot be loaded. */
function sync(): Promise<typeof import('./sync.ts') | undefined> {
  return import('./sync.ts').catch(() => undefined);
}

async function forget(): Promise<string> {
  // There first: what is still there when this browser has forgotten would come back.
  if (!(await (await sync())?.forgetThere())) {
    return 'The runner does not answer, and it keeps a copy. Nothing was forgotten: check the connection, then try again.';
  }
  forgetEverything();
  return 'Forgotten. Neither this browser nor the runner knows your progress any more. Runs stay in the runner’s store.';
}

function onClick(page: HTMLElement, name: string, act: () => void): void {
  required<HTMLButtonElement>(page, `[data-do=${name}]`).addEventListener('click', act);
}

function required<T extends Element>(within: Element, selector: string): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}
