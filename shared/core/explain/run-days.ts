import { lastEnded } from '../day-history.ts';
import { type DaySet, eachDay } from '../day-set.ts';
import type { TableFacts } from '../judge/facts.ts';
import { numberOf } from '../profile.ts';
import { ROW_COUNT } from '../state-item.ts';
import type { RunDays } from './explanation.ts';

/** How often each thing became of these days, as run history and the rows tell it. */
export function runDays({ history, profile }: TableFacts, days: DaySet): RunDays {
  const counts = {
    neverRan: 0,
    running: 0,
    failed: 0,
    ranEmpty: 0,
    ranWithRows: 0,
    writtenByOthers: 0,
  };
  const messages = new Set<string>();
  for (const day of eachDay(days)) {
    const hasRows = numberOf(profile.days.get(day), ROW_COUNT) > 0;
    const last = history.get(day);
    if (last === undefined) counts[hasRows ? 'writtenByOthers' : 'neverRan']++;
    else if (last.status === 'success') counts[hasRows ? 'ranWithRows' : 'ranEmpty']++;
    else counts[last.status]++;
    const word = last?.status === 'failed' ? lastEnded(last.launches)?.message : null;
    if (word) messages.add(word);
  }
  return { ...counts, messages: [...messages] };
}
