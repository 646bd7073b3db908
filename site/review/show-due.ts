import { everythingKept } from '../progress/progress.ts';
import { cardsIn, isDue } from './cards.ts';

/** Leads to the review where questions are due, and says how many. */
export function showDue(link: HTMLAnchorElement): void {
  const show = () => {
    const due = cardsIn(everythingKept()).filter((card) => isDue(card, new Date())).length;
    const words = link.querySelector('span');
    if (words) words.textContent = due === 1 ? '1 question is due' : `${due} questions are due`;
    link.hidden = due === 0;
  };
  addEventListener('storage', show);
  show();
}
