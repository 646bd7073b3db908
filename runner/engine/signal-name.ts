import { constants } from 'node:os';
import { EngineError } from './errors.ts';

/** A signal as Docker takes it, by number or by name with or without SIG. Throws {@link EngineError} 400 for any other. */
export function signalName(text: string): NodeJS.Signals {
  const names = Object.keys(constants.signals) as NodeJS.Signals[];
  const upper = text.toUpperCase();
  const found = /^\d+$/.test(text)
    ? names.find((name) => constants.signals[name] === Number(text))
    : names.find((name) => name === upper || name === `SIG${upper}`);
  if (found) return found;
  throw new EngineError(400, `Invalid signal: ${text}`);
}
