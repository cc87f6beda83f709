import type { Day } from '../core/days.ts';
import type { EvidenceStatement } from '../core/evidence.ts';
import type { PendingGames } from '../core/monitor/schedule-findings.ts';
import { type Pipeline, sourceNamed } from '../core/pipeline.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { pendingGamesQuery } from '../sql/pending-games-query.ts';
import type { AssessmentRequest } from './assess.ts';
import { readerOf } from './reader.ts';

/** @throws PhasegateError as the warehouse does; a schedule that could not be read is never one without games */
export async function readPendingGames(
  warehouse: Warehouse,
  pipeline: Pipeline,
  { id, from, to, labels, waitMilliseconds }: AssessmentRequest,
): Promise<Readonly<{ games: PendingGames; statements: readonly EvidenceStatement[] }>> {
  const { calendar, maximumBytesPerQuery } = pipeline;
  const reader = readerOf(warehouse, {
    id,
    labels: { pipeline: pipeline.name, ...labels },
    maximumBytes: maximumBytesPerQuery,
    ...(waitMilliseconds === undefined ? {} : { waitMilliseconds }),
  });
  const dayColumn = sourceNamed(pipeline, calendar.schedule)?.dayColumn ?? '';
  const rows = await reader.query('pending', {
    sql: pendingGamesQuery(calendar, dayColumn),
    params: { from0: { type: 'DATE', value: from }, to0: { type: 'DATE', value: to } },
  });
  const games = rows.map(({ day, type, games }) => ({
    day: String(day) as Day,
    type: String(type),
    games: Number(games),
  }));
  return { games, statements: reader.statements };
}
