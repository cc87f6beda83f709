import { daySetOf, formatDaySet, isEmpty, subtract } from '../core/day-set.ts';
import type { Monitor, Subject } from '../core/monitor/monitor.ts';
import type { MonitorState } from '../core/monitor/monitor-state.ts';
import { causeOfData } from '../core/monitor/troubles.ts';
import { type Claimed, claimOf, writeFindings } from '../core/monitor/write-findings.ts';
import { tablesOf } from '../core/pipeline.ts';
import { RUN_HISTORY } from '../core/system-tables.ts';
import { counted } from '../core/view/counted.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import { launchesQuery } from '../sql/kept-query.ts';
import { rowsByDay, statesByTable, versionOf } from './day-changes.ts';
import type { Asked, Look } from './observe.ts';
import { rangeOf } from './observe-data.ts';
import { historyOf } from './read-history.ts';
import { readerOf } from './reader.ts';
import { waited } from './waited.ts';
import { wholeLook } from './whole-look.ts';

/**
 * Holds the rows that each day has against what the last launch told of it: run history and the warehouse's metadata, no
 * table is read. What a launch wrote in between is no finding: run history is asked again then.
 *
 * @throws PhasegateError as the warehouse does
 */
export async function observeWrites(
  { warehouse, definitionNow }: Pick<Monitoring, 'warehouse' | 'definitionNow'>,
  { name, severity }: Monitor,
  subject: Extract<Subject, { what: 'writes' }>,
  state: MonitorState,
  { id, due }: Asked,
): Promise<Look> {
  const { pipeline } = definitionNow();
  const range = rangeOf(pipeline, subject, state, due);
  const tables = tablesOf(pipeline).flatMap((table) =>
    table.dayColumn === null ? [] : table.name,
  );
  const reader = readerOf(warehouse, {
    id,
    labels: { pipeline: pipeline.name, monitor: name },
    maximumBytes: pipeline.maximumBytesPerQuery,
  });
  const claims = async (): Promise<readonly Claimed[]> => {
    const query = launchesQuery(tables, range);
    const books = statesByTable(await warehouse.dayStates([RUN_HISTORY.name]));
    const version = versionOf(books, [RUN_HISTORY.name]);
    const history = historyOf(await waited(() => reader.query('launches', query, version)));
    const states = statesByTable(await warehouse.dayStates(tables));
    return [...history].flatMap(([table, days]) => {
      const rows = rowsByDay(states.get(table) ?? []);
      return [...days].flatMap(([day, past]) => {
        const claim = claimOf(past);
        if (claim === null) return [];
        return { table, day, launch: claim.launch, told: claim.rows, now: rows.get(day) ?? 0 };
      });
    });
  };
  const first = await claims();
  const suspected = new Set(first.filter(isBroken).map(keyOf));
  const again = suspected.size === 0 ? [] : await claims();
  const broken = again.filter((each) => isBroken(each) && suspected.has(keyOf(each)));
  const findings = writeFindings(broken, severity);
  const message = `${counted(first.length, 'day')} of tables written from ${formatDaySet([range]).join('')}`;
  const seenOf = (cause: string) =>
    daySetOf(first.flatMap(({ table, day }) => (causeOfData(table) === cause ? [day] : [])));
  return {
    ...wholeLook(findings, first.length, message),
    isOver: ({ cause, days }) => isEmpty(subtract(days, seenOf(cause))),
  };
}

const isBroken = ({ told, now }: Claimed) => told !== now;

const keyOf = ({ table, day, launch }: Claimed) => `${table} ${day} ${launch}`;
