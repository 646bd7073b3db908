import { parseOrderPlaced } from './order-events';
import type { Handle } from './worker';

export type Mail = { to: string; about: string };

// #region naive
export function sendConfirmation(outbox: Mail[]): Handle {
  return async ({ value }) => {
    const { email, order } = parseOrderPlaced(value);
    outbox.push({ to: email, about: order });
  };
}
// #endregion naive

// #region once
/** `done` has to be as durable as the mail: a table with a unique key, written in the same transaction as the outbox. */
export function sendConfirmationOnce(outbox: Mail[], done: Set<string>): Handle {
  return async ({ value }) => {
    const { event, email, order } = parseOrderPlaced(value);
    if (done.has(event)) return;
    outbox.push({ to: email, about: order });
    done.add(event);
  };
}
// #endregion once
