import { daySetOf, isEmpty, subtract } from '../core/day-set.ts';
import { addDays } from '../core/days.ts';
import {
  type FilePlace,
  fileFinding,
  foldersDue,
  isOfEachDay,
  type SeenFolder,
} from '../core/monitor/file-findings.ts';
import type { Finding } from '../core/monitor/finding.ts';
import type { AlertSeverity, Monitor, Subject } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { dayAt } from '../core/time-zone.ts';
import { counted } from '../core/view/counted.ts';
import type { FileAges } from '../ports/file-ages.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { lastingTrouble } from './lasting-trouble.ts';
import type { Asked, Look } from './observe.ts';
import { readSchedule } from './read-schedule.ts';
import { readerOf } from './reader.ts';
import { waited } from './waited.ts';
import { wholeLook } from './whole-look.ts';

/** Game days that nobody asked about for so long are no longer asked for, unless they are open. */
const LOOK_BACK_DAYS = 14;

/** What a look at files needs. */
type Looked = Pick<Monitoring, 'warehouse' | 'files' | 'now' | 'definitionNow'>;

/** A place that could not be looked into says so; the others are looked into all the same. */
type Seen = Readonly<{ place: FilePlace; days: readonly SeenFolder[]; trouble: string | null }>;

/**
 * Whether the files of the last game days have come. Where no game was final nothing is expected: IDLE. A place that nobody
 * may read is UNKNOWN.
 *
 * @throws PhasegateError as the warehouse does; `unavailable` where a bucket does not answer
 */
export async function observeFiles(
  { warehouse, files, now, definitionNow }: Looked,
  { name, severity }: Monitor,
  { places }: Extract<Subject, { what: 'files' }>,
  { open }: MonitorState,
  { id, due }: Asked,
): Promise<Look> {
  const { pipeline } = definitionNow();
  const { timeZone } = pipeline;
  const today = dayAt(due, timeZone);
  const [oldest = today] = open.flatMap(({ days }) => days[0]?.from ?? []).sort();
  const first = [oldest, addDays(today, -LOOK_BACK_DAYS)].sort()[0]!;
  const reader = readerOf(warehouse, {
    id,
    labels: { pipeline: pipeline.name, monitor: name },
    maximumBytes: pipeline.maximumBytesPerQuery,
  });
  const ask = (statement: Parameters<typeof reader.query>[1]) =>
    waited(() => reader.query('schedule', statement));
  const schedule = await readSchedule(ask, pipeline, [], first, today);
  const gameDays = [...schedule.games.keys()].filter((day) => day >= first);
  const seen: Seen[] = [];
  for (const place of places) {
    const folders = foldersDue(place, gameDays, due, timeZone);
    seen.push(await lookInto(files, place, folders));
  }
  const findings = seen.flatMap(({ place, days, trouble }) =>
    trouble === null
      ? (fileFinding(place, days, severity, now(), timeZone) ?? [])
      : unreadable(place, trouble, severity),
  );
  const looked = seen.reduce((sum, { days }) => sum + days.length, 0);
  const isUnknown = seen.some(({ trouble }) => trouble !== null);
  return {
    verdict: isUnknown ? 'UNKNOWN' : wholeLook(findings, looked, '').verdict,
    message:
      looked === 0 && !isUnknown
        ? `no files are due of a game from ${first} to ${today}`
        : `${counted(places.length, 'place')}, ${counted(looked, 'folder')} of game days`,
    findings,
    isOver: (finding) => isSeen(seen, finding),
    evidence: null,
  };
}

async function lookInto(
  files: FileAges,
  place: FilePlace,
  folders: ReturnType<typeof foldersDue>,
): Promise<Seen> {
  const days: SeenFolder[] = [];
  try {
    for (const each of folders) days.push({ ...each, newest: await files.newest(each.folder) });
    return { place, days, trouble: null };
  } catch (error) {
    return { place, days: [], trouble: lastingTrouble(error) };
  }
}

function unreadable({ name }: FilePlace, trouble: string, severity: AlertSeverity): Finding {
  return {
    cause: `files/${name}/unreadable`,
    severity,
    title: `nobody can tell how old the ${name} files are`,
    days: [],
    details: [trouble],
    next: 'the account of the function monitor must be able to list the bucket',
  };
}

/** Whether it was looked at: a place that has a folder for each day by each of its days. */
function isSeen(all: readonly Seen[], { cause, days }: Finding): boolean {
  const [, name] = cause.split('/');
  const own = all.find(({ place }) => place.name === name);
  if (own === undefined) return true;
  if (own.trouble !== null || own.days.length === 0) return false;
  const seen = daySetOf(own.days.map(({ day }) => day));
  return !isOfEachDay(own.place) || isEmpty(subtract(days, seen));
}
