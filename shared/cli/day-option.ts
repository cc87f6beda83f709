import { type Day, parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';

/** A day given to an option. @throws PhasegateError `invalid-input` naming the option */
export function dayOption(option: string, text: string): Day {
  try {
    return parseDay(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new PhasegateError('invalid-input', `${option}: ${message}`, error);
  }
}
