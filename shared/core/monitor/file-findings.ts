import { daySetOf } from '../day-set.ts';
import { addDays, type Day } from '../days.ts';
import type { Instant } from '../run.ts';
import { instantAt } from '../time-zone.ts';
import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

/** Where files of each game day arrive. */
export type FilePlace = Readonly<{
  name: string;
  /** `gs://BUCKET/FOLDER/`; `{day}` in it stands for the game day: then each day is asked for by itself. */
  folder: string;
  /** So long after the end of a game day its files must be there. */
  withinHours: number;
}>;

export type NewestFile = Readonly<{ name: string; changedAt: Instant; bytes: number }>;

/** What lies in the folder of a game day; null: nothing. */
export type SeenFolder = Readonly<{ day: Day; folder: string; newest: NewestFile | null }>;

const PLACEHOLDER = '{day}';
/** By so much another machine's clock may be ahead. */
const SKEW_MS = 3_600_000;
const HOUR_MS = 3_600_000;
const SHOWN = 4;

export const isOfEachDay = ({ folder }: FilePlace) => folder.includes(PLACEHOLDER);

/**
 * The folders that must hold something by now, with their game days: each day where the place has one for each, otherwise
 * that of the last.
 *
 * @param gameDays those with final games, in any order
 */
export function foldersDue(
  place: FilePlace,
  gameDays: readonly Day[],
  now: Instant,
  timeZone: string,
): readonly Omit<SeenFolder, 'newest'>[] {
  const { folder, withinHours } = place;
  const due = gameDays
    .filter((day) => endOf(day, timeZone) + withinHours * HOUR_MS <= Date.parse(now))
    .sort();
  const days = isOfEachDay(place) ? due : due.slice(-1);
  return days.map((day) => ({ day, folder: folder.replaceAll(PLACEHOLDER, day) }));
}

/** What a place lacks, one finding; null when it has all that is due. */
export function fileFinding(
  place: FilePlace,
  seen: readonly SeenFolder[],
  severity: AlertSeverity,
  now: Instant,
  timeZone: string,
): Finding | null {
  const { name, folder } = place;
  const lacking = seen.flatMap((each) => {
    const why = whyNot(each, isOfEachDay(place), now, timeZone);
    return why === null ? [] : [{ day: each.day, why }];
  });
  if (lacking.length === 0) return null;
  const lines = lacking.slice(0, SHOWN).map(({ day, why }) => `${day}: ${why}`);
  const more = lacking.length - lines.length;
  return {
    cause: `files/${name}`,
    severity,
    title: `no fresh ${name} files in ${folder}`,
    days: daySetOf(lacking.map(({ day }) => day)),
    details: more === 0 ? lines : [...lines, `and ${counted(more, 'more day')}`],
    next: `look at what brings ${name}; it has to write into ${folder}`,
  };
}

function whyNot(
  { day, folder, newest }: SeenFolder,
  ofEachDay: boolean,
  now: Instant,
  timeZone: string,
): string | null {
  if (newest === null) return `nothing lies in ${folder}`;
  const { name, changedAt, bytes } = newest;
  if (bytes === 0) return `${name}, the newest, is empty`;
  if (Date.parse(changedAt) > Date.parse(now) + SKEW_MS) {
    return `${name}, the newest, is of a time to come (${changedAt}), so nobody knows what came since`;
  }
  if (ofEachDay || Date.parse(changedAt) >= endOf(day, timeZone)) return null;
  return `${name}, the newest, is of ${changedAt}, before the end of that day`;
}

function endOf(day: Day, timeZone: string): number {
  return instantAt(addDays(day, 1), '00:00', timeZone);
}
