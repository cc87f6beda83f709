import { gridRow } from '../core/monitor/grid.ts';
import type { SeasonRange } from '../core/monitor/season-range.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { namesOf, promising } from '../core/relation.ts';
import type { Instant } from '../core/run.ts';
import { gridTable, type SeasonGrid } from '../core/view/season-grid.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { assess } from './assess.ts';
import { statesByTable } from './day-changes.ts';
import { runningWhenRead } from './running-when-read.ts';
import { STATEMENT_WAIT_MS, waited } from './waited.ts';

/**
 * What became of every expected day of one season, of each table and source that promises something. Writes nothing: what
 * gates and monitors have kept is not read again, and what they have not is read each time.
 *
 * @throws PhasegateError as `assess`; `unavailable` when a statement still runs: asked again on the same day, it is found
 */
export async function readGrid(
  warehouse: Warehouse,
  pipeline: Pipeline,
  range: SeasonRange,
  now: Instant,
): Promise<SeasonGrid> {
  const relations = promising(pipeline, namesOf(pipeline));
  const { season, from, to } = range;
  const request = {
    id: `page-${pipeline.name}-${season}-${now.slice(0, 10)}`,
    relations,
    from,
    to,
    onlyDue: true,
    keeps: false,
    labels: { page: 'grid' },
    waitMilliseconds: STATEMENT_WAIT_MS,
  };
  const { tables, schedule } = await waited(() => assess(warehouse, pipeline, request, now));
  const after = statesByTable(await warehouse.dayStates(relations.map(({ name }) => name)));
  return {
    range,
    readAt: now,
    calendar: schedule.calendar,
    tables: tables.map((table) => {
      const { judgement, facts } = table;
      const states = after.get(judgement.table) ?? [];
      const outcomes = runningWhenRead(table.outcomes, states);
      return gridTable(gridRow(pipeline, { ...table, outcomes }), judgement, facts);
    }),
  };
}
