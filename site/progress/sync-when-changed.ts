import { hasChanged } from './sync-state.ts';

/** Sends what has changed since the last time, when a page has loaded and when it is left; loads nothing where nothing has. */
export function syncWhenChanged(): void {
  const look = () => {
    if (!hasChanged()) return;
    void import('./sync.ts').then(
      ({ syncProgress }) => syncProgress(),
      () => {},
    );
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') look();
  });
  if (document.readyState === 'complete') look();
  else addEventListener('load', look, { once: true });
}
