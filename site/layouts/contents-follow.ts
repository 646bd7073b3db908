/** Lets the contents beside a text follow the reader: the section in view is marked, and the time left is told. */

/** `minutes`: how long the whole text takes; without it no time is told. */
export function followReading(article: HTMLElement): void {
  const links = [...article.querySelectorAll<HTMLAnchorElement>('.contents a')];
  const headings = [...new Set(links.map(({ hash }) => decodeURIComponent(hash.slice(1))))]
    .map((id) => document.getElementById(id))
    .filter((heading) => heading !== null);
  const text = article.querySelector<HTMLElement>('[data-text]');
  const left = article.querySelector<HTMLElement>('[data-minutes-left]');
  const minutes = Number(left?.dataset.minutesLeft);
  if (!text) return;

  let asked = false;
  const show = () => {
    asked = false;
    // A third of the window down is where people read.
    const eye = innerHeight / 3;
    const current = headings.findLast((heading) => heading.getBoundingClientRect().top <= eye);
    for (const link of links) {
      if (current && decodeURIComponent(link.hash.slice(1)) === current.id) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    if (!left || !(minutes > 0)) return;
    const { top, height } = text.getBoundingClientRect();
    const unread = Math.min(1, Math.max(0, 1 - (innerHeight - top) / height));
    const words = minutesLeft(minutes * unread);
    if (left.textContent !== words) left.textContent = words;
  };
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(show);
  };
  addEventListener('scroll', ask, { passive: true });
  addEventListener('resize', ask);
  show();
}

function minutesLeft(minutes: number): string {
  if (minutes === 0) return 'At the end';
  return minutes < 1.5 ? 'About a minute left' : `About ${Math.round(minutes)} minutes left`;
}
