import type { Day } from '../days.ts';
import type { CalendarSpec } from '../pipeline.ts';
import type { Schedule } from '../schedule.ts';
import { counted } from '../view/counted.ts';
import { type DoctorLine, fail, pass, warn } from './doctor-line.ts';

/** Whether the schedule can say what to expect: it has games, of each declared season that began. */
export function scheduleLines(
  spec: CalendarSpec,
  { calendar, games, seasonStarts, reaches }: Schedule,
  today: Day,
): readonly DoctorLine[] {
  const count = [...games.values()].reduce((sum, all) => sum + all.length, 0);
  const fix = `bring ${spec.schedule} up to date: without a game nothing is expected, and nothing can pass`;
  if (count === 0) return [fail('schedule', `${spec.schedule} has no final game that counts`, fix)];
  const found = `${counted(count, 'final game')} on ${counted(games.size, 'day')}, the last on ${reaches}`;
  const known = new Set(calendar.seasons.map(({ season }) => season));
  const begun = seasonStarts.filter(({ start }) => start <= today);
  const silent = begun.filter(({ season }) => !known.has(season)).map(({ season }) => season);
  const seasons = [...known].sort((a, b) => a - b).join(', ');
  return [
    pass('schedule', found),
    silent.length === 0
      ? pass('seasons', `games of ${seasons}, and each is declared`)
      : warn('seasons', `no game of season ${silent.join(', ')}, which is declared and began`, fix),
  ];
}

/** What the schedule has and the pipeline cannot read, as who reads it says. */
export function unreadSchedule(why: string): DoctorLine {
  const fix = 'declare each season under calendar.seasonStarts, and keep each game once';
  return fail('schedule', why, fix);
}
