import { quietMsOf } from '../alerts/alert-rules.ts';
import { isEmpty, subtract, union } from '../day-set.ts';
import type { AlertMessage } from '../messages.ts';
import { saidAtEnd, saidOf, saidOfLeft, type ToldKind } from './alert-text.ts';
import { type OpenedRepair, repairsOfWeek } from './auto-repair.ts';
import type { Finding, MonitorRun, Observation } from './finding.ts';
import { louder, type Monitor } from './monitor.ts';

/** A cause is told again when it lasts for so long after it was last told: a day, less what one look may end before another. */
const REMIND_MS = 23 * 3_600_000;
const KEPT_RUNS = 30;
const KEPT_OVER = 100;

/** A trouble that has not been seen to be over. */
export type OpenFinding = Finding &
  Readonly<{
    since: string;
    /** Null: it came back and was not told yet, or another monitor has told it. */
    toldAt: string | null;
    /** Of a trouble that came back: before this it is not told. */
    quietUntil: string;
  }>;

/** What a monitor knows between its runs; bounded. */
export type MonitorState = Readonly<{
  /** What it was told to look at, as text; what was open under another is no longer looked at. Absent: it never looked. */
  judges?: string;
  /** The last test alert that it sent, by its key. */
  sent?: Readonly<{ key: string; at: string }>;
  open: readonly OpenFinding[];
  /** When causes that are over were last told, the latest first. */
  over: readonly Readonly<{ cause: string; toldAt: string }>[];
  /** The latest first. */
  runs: readonly MonitorRun[];
  /** Promised, and not known to be published. */
  untold: readonly AlertMessage[];
  /** Runs that it opened in the last seven days, the latest first. Absent: none ever. */
  repairs?: readonly OpenedRepair[];
}>;

/** What other monitors have told and have not seen to be over, by cause. */
export type Elsewhere = ReadonlyMap<string, readonly OpenFinding[]>;

/** What these monitors have told and have not seen to be over. */
export function toldBy(states: readonly MonitorState[]): Elsewhere {
  const told = states.flatMap(({ open }) => open.filter(({ toldAt }) => toldAt !== null));
  return Map.groupBy(told, ({ cause }) => cause);
}

export const NEVER_OBSERVED: MonitorState = { open: [], over: [], runs: [], untold: [] };

/** Whether it has looked already: for this message, or for this time or a later one, which saw more. */
export function hasRun({ runs }: MonitorState, asked: string, due: string | null = null): boolean {
  return runs.some((run) => run.asked === asked || (due !== null && run.due >= due));
}

/**
 * What a monitor knows after a run, and what people are told of it: one alert for a cause that is new, or louder than it
 * was, one a day while it lasts, one when it is over. What could not be looked at is never over; what the monitor is no
 * longer to look at is left, and said to be. What another monitor has told, as loud and of these days, is not told a second
 * time for as long as that one goes on telling it.
 *
 * @param quietMs a cause that comes back so soon after it was last told is not told anew
 */
export function observed(
  monitor: Monitor,
  state: MonitorState,
  run: MonitorRun,
  { findings, isOver, told, repair }: Pick<Observation, 'findings' | 'isOver' | 'told' | 'repair'>,
  elsewhere: Elsewhere = new Map(),
  quietMs = quietMsOf(null),
): MonitorState {
  const now = run.endedAt;
  const judges = JSON.stringify(monitor.judges);
  const seen = new Set(findings.map(({ cause }) => cause));
  const looked = findings.map((finding) => {
    const look = lookAt(state, finding, now, quietMs, elsewhere);
    return finding.cause === repair?.cause ? toldOfRepair(look, now) : look;
  });
  const unseen = state.open.filter(({ cause }) => !seen.has(cause));
  const isLookedAt = state.judges === undefined || isWithin(state.judges, judges);
  const [ended, left] = isLookedAt ? parted(unseen, isOver) : [unseen, []];
  const over = [
    ...ended.map(({ cause, toldAt, quietUntil }) => ({
      cause,
      toldAt: toldAt ?? later(quietUntil, -quietMs),
    })),
    ...state.over.filter(({ cause }) => !seen.has(cause)),
  ];
  const alert = (
    kind: string,
    { cause, severity }: Pick<Finding, 'cause' | 'severity'>,
    said: Pick<AlertMessage, 'text' | 'parts'>,
  ): AlertMessage => ({
    run: null,
    key: `monitor/${monitor.name}/${cause}/${kind}/${now}`.slice(0, 400),
    ...said,
    severity,
    ...(monitor.channel === null ? {} : { channel: monitor.channel }),
  });
  return {
    ...state,
    judges,
    open: [...looked.map(({ open: each }) => each), ...left],
    over: over.slice(0, KEPT_OVER),
    runs: [run, ...state.runs].slice(0, KEPT_RUNS),
    ...repairsKept(state, repair, seen, now),
    untold: [
      ...state.untold,
      ...looked.flatMap(({ open: each, kind }) =>
        kind === null ? [] : [alert(kind, each, saidOf(monitor, each, kind))],
      ),
      ...ended.flatMap((each) =>
        each.toldAt === null
          ? []
          : [
              alert(
                'over',
                { ...each, severity: 'info' },
                isLookedAt ? saidAtEnd(monitor, each, now) : saidOfLeft(monitor, each),
              ),
            ],
      ),
      ...(told === undefined
        ? []
        : [alert('told', { cause: 'digest', ...told }, { text: told.text })]),
    ],
  };
}

/** A run that was promised and not asked for is asked for no more when its trouble is gone. */
function repairsKept(
  { repairs }: MonitorState,
  repair: OpenedRepair | undefined,
  seen: ReadonlySet<string>,
  now: string,
): Pick<MonitorState, 'repairs'> {
  if (repair === undefined && repairs === undefined) return {};
  const opened = repair === undefined ? [] : [repair];
  const kept = repairsOfWeek(repairs ?? [], now).filter(
    ({ cause, isPublished }) => isPublished || seen.has(cause),
  );
  return { repairs: [...opened, ...kept] };
}

/** Whether what it was told to look at is all in what it is told now: a release may add fields, and says the same with them. */
function isWithin(before: string, now: string): boolean {
  const given = Object.entries(JSON.parse(before) as Readonly<Record<string, unknown>>);
  const present = JSON.parse(now) as Readonly<Record<string, unknown>>;
  return given.every(([field, value]) => JSON.stringify(present[field]) === JSON.stringify(value));
}

function parted<Item>(items: readonly Item[], is: (item: Item) => boolean) {
  return [items.filter(is), items.filter((item) => !is(item))] as const;
}

type Look = Readonly<{ open: OpenFinding; kind: ToldKind | null }>;

/** Nobody opens a run without telling people, whoever told them of the trouble. */
function toldOfRepair({ open, kind }: Look, now: string): Look {
  if (kind !== null) return { open, kind };
  return { open: { ...open, toldAt: now, quietUntil: now }, kind: 'repaired' };
}

function lookAt(
  { open, over }: MonitorState,
  finding: Finding,
  now: string,
  quietMs: number,
  elsewhere: Elsewhere,
): Look {
  const known = open.find(({ cause }) => cause === finding.cause);
  const told = (kind: Look['kind'], since: string): Look => ({
    open: { ...finding, since, toldAt: now, quietUntil: now },
    kind,
  });
  const isToldElsewhere = hears(elsewhere.get(finding.cause) ?? [], finding, now);
  if (known === undefined) {
    if (isToldElsewhere) {
      return { open: { ...finding, since: now, toldAt: null, quietUntil: now }, kind: null };
    }
    const before = over.find(({ cause }) => cause === finding.cause);
    const quietUntil = before === undefined ? now : later(before.toldAt, quietMs);
    if (quietUntil <= now) return told('new', now);
    return { open: { ...finding, since: now, toldAt: null, quietUntil }, kind: null };
  }
  const { since, toldAt, quietUntil } = known;
  if (toldAt === null) {
    const isQuiet = isToldElsewhere || quietUntil > now;
    return isQuiet ? { open: { ...known, ...finding }, kind: null } : told('new', since);
  }
  const isLouder =
    known.severity !== finding.severity &&
    louder(known.severity, finding.severity) === finding.severity;
  if (isLouder) return told('louder', since);
  if (later(toldAt, REMIND_MS) <= now) return told('lasts', since);
  return { open: { ...finding, since, toldAt, quietUntil }, kind: null };
}

/** Whether others tell of it: as loud, of all its days, and not for the last time so long ago that they no longer remind of it. */
function hears(others: readonly OpenFinding[], finding: Finding, now: string): boolean {
  const telling = others.filter(
    ({ severity, toldAt }) =>
      toldAt !== null &&
      later(toldAt, 2 * REMIND_MS) > now &&
      louder(severity, finding.severity) === severity,
  );
  const days = union(...telling.map((each) => each.days));
  return telling.length > 0 && isEmpty(subtract(finding.days, days));
}

function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** What was published and need not be again: these alerts, and the runs of all its repairs. */
export function withoutTold(state: MonitorState, told: readonly AlertMessage[]): MonitorState {
  const keys = new Set(told.map(({ key }) => key));
  const repairs = state.repairs?.map((each) => ({ ...each, isPublished: true }));
  return {
    ...state,
    untold: state.untold.filter(({ key }) => !keys.has(key)),
    ...(repairs === undefined ? {} : { repairs }),
  };
}

/** Runs that it promised to open, and that are not known to be asked for. */
export function repairsToOpen({ repairs }: MonitorState): readonly OpenedRepair[] {
  return (repairs ?? []).filter(({ isPublished }) => !isPublished);
}
