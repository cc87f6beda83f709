import { expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { relationNamed } from '../../shared/core/relation.ts';
import { figureList, isMissed } from './figures.ts';
import type { Sent } from './gate/observed-warehouse.ts';
import { type PhaseGate, queriesOfPhase } from './gate/queries-of-a-phase.ts';

const { pipeline } = readDefinitionFiles({ pipeline: 'nba' });
const table = relationNamed(pipeline, parseTableName('nba_analytics.team_offense_game_summary'))!;
const tables = [
  { facts: { table, schedule: {}, expected: [] }, daysRead: [] },
] as unknown as PhaseGate['tables'];
const sentOf = (name: string): Sent => ({
  how: 'query',
  statement: null,
  tables: [name],
  bytesProcessed: 0,
});

function figureOf(gate: Omit<PhaseGate, 'tables'>) {
  const figures = figureList();
  queriesOfPhase('gate', { ...gate, tables }, pipeline, figures);
  return figures.all[0]!;
}

it('the bound on the queries of a gate does not grow with what it sends', () => {
  const few = figureOf({ sent: [], queryJobs: 1 });
  const many = figureOf({ sent: ['a.a', 'b.b', 'c.c'].map(sentOf), queryJobs: 1 });
  expect(few.atMost).toBeGreaterThan(0);
  expect(many.atMost).toBe(few.atMost);
});

it('one query job above the bound misses it, whatever our own statements say', () => {
  const bound = figureOf({ sent: [], queryJobs: 1 }).atMost ?? 0;
  expect(isMissed(figureOf({ sent: [], queryJobs: bound }))).toBe(false);
  expect(isMissed(figureOf({ sent: [], queryJobs: bound + 1 }))).toBe(true);
});
