import { daySetOf } from '../day-set.ts';
import { addDays, type Day } from '../days.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Schedule } from '../schedule.ts';
import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** Games of a day that were to be played and have no end. */
export type PendingGames = readonly Readonly<{ day: Day; type: string; games: number }>[];

/** So long after its declared start nobody wonders that a season has no game yet. */
const FIRST_GAME_WITHIN_DAYS = 14;

/** Past games that count and are neither over nor called off: the schedule is stale, and nobody knows what to expect. */
export function pendingFinding(
  { calendar }: Pipeline,
  pending: PendingGames,
  severity: AlertSeverity,
): readonly Finding[] {
  const counting = pending.filter(({ type }) => calendar.seasonTypes.includes(type));
  if (counting.length === 0) return [];
  const games = counting.reduce((sum, each) => sum + each.games, 0);
  return [
    {
      cause: 'schedule/pending',
      severity,
      title: `${calendar.schedule} knows no end of ${counted(games, 'game')} of past days`,
      days: daySetOf(counting.map(({ day }) => day)),
      details: ['what they should have left behind cannot be judged'],
      next: `bring ${calendar.schedule} up to date`,
    },
  ];
}

/** A season that began, and of which the schedule knows no game since: it is empty, or nobody fills it. */
export function silentSeason(
  { calendar }: Pipeline,
  { reaches, seasonStarts }: Pick<Schedule, 'reaches' | 'seasonStarts'>,
  pending: PendingGames,
  { to }: Readonly<{ to: Day }>,
  severity: AlertSeverity,
): readonly Finding[] {
  const begun = seasonStarts.filter(({ start }) => addDays(start, FIRST_GAME_WITHIN_DAYS) <= to);
  const last = begun.sort((a, b) => (a.start < b.start ? -1 : 1)).at(-1);
  if (last === undefined || pending.length > 0) return [];
  if (reaches !== null && reaches >= last.start) return [];
  return [
    {
      cause: 'schedule/silent',
      severity,
      title: `${calendar.schedule} has no game since season ${last.season} began on ${last.start}`,
      days: [],
      details: ['without it nothing is expected of any table'],
      next: `bring ${calendar.schedule} up to date`,
    },
  ];
}
