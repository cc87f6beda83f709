import type { DaySpan } from '../core/day-set.ts';
import { PhasegateError } from '../core/errors.ts';
import { dayOption } from './day-option.ts';

/** The range of `--from` and `--to`. @throws PhasegateError `invalid-input` naming the option */
export function rangeOption({ from, to }: Readonly<{ from?: string; to?: string }>): DaySpan {
  if (from === undefined || to === undefined) {
    throw new PhasegateError(
      'invalid-input',
      `${from === undefined ? '--from' : '--to'} is missing; accepted: a day, such as 2021-10-19`,
    );
  }
  const range = { from: dayOption('--from', from), to: dayOption('--to', to) };
  if (range.from <= range.to) return range;
  throw new PhasegateError(
    'invalid-input',
    `the range ends on ${range.to}, before it starts on ${range.from}; accepted: --from up to --to`,
  );
}
