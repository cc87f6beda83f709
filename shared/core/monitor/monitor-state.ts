import type { AlertMessage } from '../messages.ts';
import { alertText, endText, leftText } from './alert-text.ts';
import type { Finding, MonitorRun, Observation } from './finding.ts';
import { louder, type Monitor } from './monitor.ts';

/** A cause is told again when it lasts for so long after it was last told: a day, less what one look may end before another. */
const REMIND_MS = 23 * 3_600_000;
/** One that comes back within this time after it was last told is not told anew. */
const QUIET_MS = 4 * 3_600_000;
const KEPT_RUNS = 30;
const KEPT_OVER = 100;

/** A trouble that has not been seen to be over. */
export type OpenFinding = Finding &
  Readonly<{
    since: string;
    /** Null: it came back, and was not told yet. */
    toldAt: string | null;
    /** Of a trouble that came back: before this it is not told. */
    quietUntil: string;
  }>;

/** What a monitor knows between its runs; bounded. */
export type MonitorState = Readonly<{
  /** What it was told to look at, as text; what was open under another is no longer looked at. Absent: it never looked. */
  judges?: string;
  open: readonly OpenFinding[];
  /** When causes that are over were last told, the latest first. */
  over: readonly Readonly<{ cause: string; toldAt: string }>[];
  /** The latest first. */
  runs: readonly MonitorRun[];
  /** Promised, and not known to be published. */
  untold: readonly AlertMessage[];
}>;

export const NEVER_OBSERVED: MonitorState = { open: [], over: [], runs: [], untold: [] };

/** Whether it has looked already: for this message, or for this time or a later one, which saw more. */
export function hasRun({ runs }: MonitorState, asked: string, due: string | null = null): boolean {
  return runs.some((run) => run.asked === asked || (due !== null && run.due >= due));
}

/**
 * What a monitor knows after a run, and what people are told of it: one alert for a cause that is new, or louder than it
 * was, one a day while it lasts, one when it is over. What could not be looked at is never over; what the monitor is no
 * longer to look at is left, and said to be.
 */
export function observed(
  monitor: Monitor,
  state: MonitorState,
  run: MonitorRun,
  { findings, isOver, told }: Pick<Observation, 'findings' | 'isOver' | 'told'>,
): MonitorState {
  const now = run.endedAt;
  const judges = JSON.stringify(monitor.judges);
  const seen = new Set(findings.map(({ cause }) => cause));
  const looked = findings.map((finding) => lookAt(state, finding, now));
  const unseen = state.open.filter(({ cause }) => !seen.has(cause));
  const isLookedAt = state.judges === undefined || state.judges === judges;
  const [ended, left] = isLookedAt ? parted(unseen, isOver) : [unseen, []];
  const over = [
    ...ended.map(({ cause, toldAt, quietUntil }) => ({
      cause,
      toldAt: toldAt ?? later(quietUntil, -QUIET_MS),
    })),
    ...state.over.filter(({ cause }) => !seen.has(cause)),
  ];
  const alert = (
    kind: string,
    { cause, severity }: Pick<Finding, 'cause' | 'severity'>,
    text: string,
  ): AlertMessage => ({
    run: null,
    key: `monitor/${monitor.name}/${cause}/${kind}/${now}`.slice(0, 400),
    text,
    severity,
    ...(monitor.channel === null ? {} : { channel: monitor.channel }),
  });
  return {
    judges,
    open: [...looked.map(({ open: each }) => each), ...left],
    over: over.slice(0, KEPT_OVER),
    runs: [run, ...state.runs].slice(0, KEPT_RUNS),
    untold: [
      ...state.untold,
      ...looked.flatMap(({ open: each, kind }) =>
        kind === null ? [] : [alert(kind, each, alertText(monitor, each, kind))],
      ),
      ...ended.flatMap((each) =>
        each.toldAt === null
          ? []
          : [
              alert(
                'over',
                { ...each, severity: 'info' },
                isLookedAt ? endText(monitor, each, now) : leftText(monitor, each),
              ),
            ],
      ),
      ...(told === undefined ? [] : [alert('told', { cause: 'digest', ...told }, told.text)]),
    ],
  };
}

function parted<Item>(items: readonly Item[], is: (item: Item) => boolean) {
  return [items.filter(is), items.filter((item) => !is(item))] as const;
}

type Look = Readonly<{ open: OpenFinding; kind: 'new' | 'louder' | 'lasts' | null }>;

function lookAt({ open, over }: MonitorState, finding: Finding, now: string): Look {
  const known = open.find(({ cause }) => cause === finding.cause);
  const told = (kind: Look['kind'], since: string): Look => ({
    open: { ...finding, since, toldAt: now, quietUntil: now },
    kind,
  });
  if (known === undefined) {
    const before = over.find(({ cause }) => cause === finding.cause);
    const quietUntil = before === undefined ? now : later(before.toldAt, QUIET_MS);
    if (quietUntil <= now) return told('new', now);
    return { open: { ...finding, since: now, toldAt: null, quietUntil }, kind: null };
  }
  const { since, toldAt, quietUntil } = known;
  if (toldAt === null) {
    return quietUntil <= now ? told('new', since) : { open: { ...known, ...finding }, kind: null };
  }
  const isLouder =
    known.severity !== finding.severity &&
    louder(known.severity, finding.severity) === finding.severity;
  if (isLouder) return told('louder', since);
  if (later(toldAt, REMIND_MS) <= now) return told('lasts', since);
  return { open: { ...finding, since, toldAt, quietUntil }, kind: null };
}

function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** What was published and need not be again. */
export function withoutTold(state: MonitorState, told: readonly AlertMessage[]): MonitorState {
  const keys = new Set(told.map(({ key }) => key));
  return { ...state, untold: state.untold.filter(({ key }) => !keys.has(key)) };
}
