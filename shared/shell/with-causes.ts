import { isKind } from '../core/errors.ts';
import { repairableDays } from '../core/explain/repairable-days.ts';
import type { Judged } from '../core/explain/surroundings.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { AssessmentRequest } from './assess.ts';
import { explainJudged } from './explain-range.ts';
import { bytesReadBy } from './gate-answer.ts';
import { lastingTrouble } from './lasting-trouble.ts';

/**
 * The answer to a roll call; where the run may repair itself, with what of a refused phase its own jobs could
 * mend. Nothing is repaired from a read that failed. `gate-waiting` while a statement takes too long.
 */
export async function withCauses(
  warehouse: Warehouse,
  pipeline: Pipeline,
  state: RunState,
  asked: AssessmentRequest,
  tables: readonly Judged[],
  event: RunEvent,
): Promise<RunEvent> {
  if (event.type !== 'roll-called') return event;
  const hasFailed = tables.some(({ judgement }) => judgement.verdict === 'FAIL');
  if (!hasFailed || state.repairs.unasked >= pipeline.repair.attempts) return event;
  const { at } = event;
  try {
    const { explained, statements } = await explainJudged(warehouse, pipeline, asked, tables, at);
    const bytes = (event.bytes ?? 0) + bytesReadBy(statements);
    return { ...event, causes: repairableDays(explained), bytes };
  } catch (error) {
    if (isKind(error, 'pending')) {
      return { type: 'gate-waiting', round: event.round, job: error.message, at };
    }
    lastingTrouble(error);
    return event;
  }
}
