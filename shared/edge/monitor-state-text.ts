import { z } from 'zod';
import { formatDaySet, parseDaySet } from '../core/day-set.ts';
import { parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { parsePhaseName, parseRunId, parseTableName } from '../core/ids.ts';
import { ALERT_SEVERITIES } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { alertFields } from './alert-fields.ts';

const instant = z.iso.datetime();
const severity = z.enum(ALERT_SEVERITIES);

const open = z.object({
  cause: z.string(),
  severity,
  title: z.string(),
  days: z.string().transform((text) => (text === '' ? [] : parseDaySet(text))),
  details: z.array(z.string()),
  next: z.string().nullable(),
  since: instant,
  toldAt: instant.nullable(),
  quietUntil: instant,
});

const run = z.object({
  asked: z.string().default(''),
  due: instant,
  startedAt: instant,
  endedAt: instant,
  verdict: z.enum(['PASS', 'WARN', 'FAIL', 'UNKNOWN', 'IDLE']),
  message: z.string(),
  findings: z.number(),
  evidence: z.string().nullable(),
});

const day = z.string().transform(parseDay);
const repair = z.object({
  cause: z.string(),
  tables: z.array(z.string().transform(parseTableName)),
  run: z.string().transform(parseRunId),
  request: z.object({
    pipeline: z.string(),
    from: day,
    to: day,
    phases: z.array(z.string().transform(parsePhaseName)),
    mode: z.enum(['missing', 'failed', 'all']),
  }),
  at: instant,
  isPublished: z.boolean(),
});

const schema = z.object({
  judges: z.string().exactOptional(),
  sent: z.object({ key: z.string(), at: instant }).exactOptional(),
  open: z.array(open),
  over: z.array(z.object({ cause: z.string(), toldAt: instant })),
  runs: z.array(run),
  untold: z.array(z.object(alertFields)),
  repairs: z.array(repair).exactOptional(),
});

/** What a monitor knows, as stores keep it. Days are spans. */
export function writeMonitorState(state: MonitorState): string {
  const days = (each: MonitorState['open'][number]) => formatDaySet(each.days).join(',');
  return JSON.stringify({
    ...state,
    open: state.open.map((each) => ({ ...each, days: days(each) })),
  });
}

/** @throws PhasegateError `bug` for what `writeMonitorState` did not write */
export function readMonitorState(text: string): MonitorState {
  const { success, data, error } = schema.safeParse(JSON.parse(text));
  if (success) return data;
  throw new PhasegateError('bug', 'what a monitor knew is not as we write it', error);
}
