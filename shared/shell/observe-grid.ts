import { isEmpty, subtract, union } from '../core/day-set.ts';
import { addDays, type Day } from '../core/days.ts';
import { withRepair } from '../core/monitor/auto-repair.ts';
import type { Finding } from '../core/monitor/finding.ts';
import { gapFindings } from '../core/monitor/gap-findings.ts';
import { type GridOfSeason, gapTroubles } from '../core/monitor/gap-troubles.ts';
import { daysOfGaps, type GridRow, gridRow } from '../core/monitor/grid.ts';
import type { Monitor, Subject } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { type SeasonRange, seasonsBegun } from '../core/monitor/season-range.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { namesOf, promising } from '../core/relation.ts';
import { dayAt } from '../core/time-zone.ts';
import { counted } from '../core/view/counted.ts';
import { gridLines } from '../core/view/grid-lines.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { repairFor } from './auto-repair.ts';
import { statesByTable } from './day-changes.ts';
import { explainRange } from './explain-range.ts';
import type { Asked, Look } from './observe.ts';
import { runningWhenRead } from './running-when-read.ts';
import { STATEMENT_WAIT_MS, waited } from './waited.ts';

/**
 * Every expected day of the season, or of all of them, as a plan would find it; those with open gaps are looked at whatever
 * season they are of. What was judged before is not read again. A gap is over when its day is good, not due, signed for,
 * or excluded by the pipeline; not because the schedule no longer has it.
 *
 * @throws PhasegateError as `explainRange`; `unavailable` when a statement still runs: it is found again
 */
export async function observeGrid(
  monitoring: Monitoring,
  monitor: Monitor,
  subject: Extract<Subject, { what: 'grid' }>,
  state: MonitorState,
  { id, due }: Asked,
): Promise<Look> {
  const { pipeline } = monitoring.definitionNow();
  const yesterday = addDays(dayAt(due, pipeline.timeZone), -1);
  const ranges = seasonsLookedAt(pipeline, subject, state, yesterday);
  const seasons = [];
  for (const range of ranges) {
    const asked = { id: `${id}-${range.season}`, due };
    const season = await gridOf(monitoring, monitor, range, asked);
    seasons.push({ season, troubles: gapTroubles(pipeline, season) });
  }
  const rows = seasons.flatMap(({ season }) => season.rows);
  const found = gapFindings(
    pipeline,
    seasons.flatMap(({ troubles }) => troubles),
    monitor.severity,
  );
  const { repair, refused } = await repairFor(monitoring, seasons);
  const findings = found.map((finding) => withRepair(finding, repair, refused));
  const known = union(
    ...rows.flatMap(({ outcomes, notDue, excluded }) => [
      ...Object.values(outcomes),
      notDue,
      excluded,
    ]),
  );
  return {
    verdict: verdictOf(rows),
    message: messageOf(ranges, rows),
    findings,
    isOver: ({ days }: Finding) => isEmpty(subtract(days, known)),
    evidence: null,
    ...(repair === null ? {} : { repair }),
    shown: gridLines(rows),
  };
}

/** What became of the days of one season, and why. */
async function gridOf(
  { warehouse, definitionNow, now }: Monitoring,
  { name }: Monitor,
  range: SeasonRange,
  { id }: Asked,
): Promise<GridOfSeason> {
  const { pipeline } = definitionNow();
  const relations = promising(pipeline, namesOf(pipeline));
  const { from, to } = range;
  const labels = { monitor: name };
  const waitMilliseconds = STATEMENT_WAIT_MS;
  const request = { id, relations, from, to, onlyDue: true, labels, waitMilliseconds };
  const found = await waited(() => explainRange(warehouse, pipeline, request, now()));
  const after = statesByTable(await warehouse.dayStates(relations.map((each) => each.name)));
  const rows = found.tables.map((table) => {
    const states = after.get(table.judgement.table) ?? [];
    return gridRow(pipeline, { ...table, outcomes: runningWhenRead(table.outcomes, states) });
  });
  return { ...found, calendar: found.schedule.calendar, rows, range: { from, to } };
}

function seasonsLookedAt(
  { calendar }: Pipeline,
  { seasons }: Extract<Subject, { what: 'grid' }>,
  { open }: MonitorState,
  yesterday: Day,
): readonly SeasonRange[] {
  const ranges = seasonsBegun(calendar, yesterday);
  const days = open.flatMap((each) => each.days);
  return ranges.filter(
    ({ from, to }, index) =>
      seasons === 'all' ||
      index === ranges.length - 1 ||
      days.some((span) => span.from <= to && from <= span.to),
  );
}

/** Of nothing that was expected nothing is shown, and of what nobody could judge nothing is known. */
function verdictOf(rows: readonly GridRow[]): Look['verdict'] {
  const gaps = rows.flatMap((row) => Object.keys(row.gaps));
  if (rows.every(({ outcomes }) => isEmpty(daysOfGaps(outcomes)))) return 'IDLE';
  if (gaps.length === 0) return 'PASS';
  return gaps.every((outcome) => outcome === 'UNJUDGED') ? 'UNKNOWN' : 'FAIL';
}

function messageOf(ranges: readonly SeasonRange[], rows: readonly GridRow[]): string {
  const tables = new Set(rows.map(({ table }) => table)).size;
  const bad = rows.filter(({ gaps }) => Object.keys(gaps).length > 0).length;
  const span = `${ranges[0]?.from ?? 'no day'}..${ranges.at(-1)?.to ?? 'no day'}`;
  return `${counted(tables, 'table')} in ${counted(ranges.length, 'season')}, ${span}; ${bad} with gaps`;
}
