import { addDays, type Day, parseDay } from '../../shared/core/days.ts';
import { randomOf } from '../../shared/league/random.ts';
import type { Feed } from './feed.ts';
import type { Placed, Trouble } from './trouble.ts';

const FIRST_AFTER_GAME_DAYS = 3;
const LONGEST_PAUSE_DAYS = 1;

/**
 * Puts troubles on game days in an order and with pauses that the seed decides, none before the one before it is over.
 *
 * @param onClockChange what is put on the day before each night of `changes`
 * @returns as many as fit into the season
 */
export function place(
  seed: number,
  { gameDays }: Pick<Feed, 'gameDays'>,
  troubles: readonly Trouble[],
  changes: readonly string[],
  onClockChange: Trouble,
): readonly Placed[] {
  const random = randomOf(seed, 'troubles');
  const left = random.shuffled(troubles);
  const placed: Placed[] = [];
  let from = gameDays[FIRST_AFTER_GAME_DAYS];
  const fixed = changes.map((change) => addDays(parseDay(change), -1));
  const last = gameDays.at(-1);
  while (from !== undefined && last !== undefined) {
    const free: Day = from;
    const change = fixed.find((day) => day >= free);
    const after = (days: number) => gameDays.find((day) => day > addDays(free, days)) ?? last;
    const index = left.findIndex(
      ({ takesDays }) => change === undefined || after(takesDays + LONGEST_PAUSE_DAYS) <= change,
    );
    const next = left[index];
    if (next === undefined || addDays(free, next.takesDays) >= last) {
      if (change === undefined) break;
      const on = gameDays.find((day) => day >= change);
      if (on === undefined) break;
      placed.push({ trouble: onClockChange, day: on });
      from = gameDays.find((day) => day > addDays(on, onClockChange.takesDays));
      continue;
    }
    left.splice(index, 1);
    placed.push({ trouble: next, day: free });
    const pause = next.takesDays + random.int(0, LONGEST_PAUSE_DAYS);
    from = gameDays.find((day) => day > addDays(free, pause));
  }
  return placed;
}
