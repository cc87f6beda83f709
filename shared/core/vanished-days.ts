import { eachDay } from './day-set.ts';
import type { TableFacts } from './judge/facts.ts';
import { isUncounted } from './judge/outcomes.ts';
import { numberOf } from './profile.ts';
import { ROW_COUNT } from './state-item.ts';

/** Of the expected table days that their last launch filled, by its own word, how many are empty now. A table that nobody could count is left out. */
export function vanishedDays(
  all: readonly Pick<TableFacts, 'expected' | 'history' | 'profile'>[],
): Readonly<{ days: number; of: number }> {
  let days = 0;
  let of = 0;
  for (const { expected, history, profile } of all) {
    if (isUncounted({ profile })) continue;
    for (const day of eachDay(expected)) {
      const said = history.get(day)?.launches.findLast(({ status }) => status === 'success');
      if ((said?.rows ?? 0) === 0) continue;
      of++;
      if (numberOf(profile.days.get(day), ROW_COUNT) === 0) days++;
    }
  }
  return { days, of };
}
