import { expect, it } from 'vitest';
import { parseDaySet } from '../../../shared/core/day-set.ts';
import type { Root, TableExplanation } from '../../../shared/core/explain/explanation.ts';
import { parseTableName, type TableName } from '../../../shared/core/ids.ts';
import type { CheckJudgement } from '../../../shared/core/judge/facts.ts';
import { troublesOf } from '../../../shared/core/monitor/troubles.ts';
import { pipelineOf, sameDay, table } from '../build.ts';

const RAW = parseTableName('raw.schedule');
const OTHER = parseTableName('raw.odds');
const TEAMS = table('a.teams', [sameDay(RAW)]);
const PIPELINE = pipelineOf(TEAMS);
const DAYS = parseDaySet('2022-01-05');
const NEVER_RAN = {
  neverRan: 1,
  running: 0,
  failed: 0,
  ranEmpty: 0,
  ranWithRows: 0,
  writtenByOthers: 0,
  messages: [],
};

function shows(name: TableName, severity: 'block' | 'warn', root: Root): TableExplanation {
  const check = {
    ...{ id: 'days', kind: 'day-coverage', severity, days: DAYS, message: '' },
    ...{ verdict: severity === 'block' ? 'FAIL' : 'WARN', observed: '', expected: '' },
  } as unknown as CheckJudgement;
  const since = { shape: 'everywhere' } as const;
  const checks = [{ check, since, runs: null, chain: [], root, alike: [] }];
  return { table: name, verdict: 'FAIL', checks };
}

const source = (name: TableName, severity: 'block' | 'warn') =>
  shows(name, severity, { kind: 'source', relation: name, file: null, days: DAYS });
const HELD = shows(TEAMS.name, 'block', {
  kind: 'own',
  relation: TEAMS.name,
  days: DAYS,
  runs: NEVER_RAN,
  unpromised: [],
});

const causes = (...explained: readonly TableExplanation[]) =>
  troublesOf(PIPELINE, explained).map(({ root }) => root.relation);

it('a table that never ran is held back by a source that it reads and that breaks what blocks', () => {
  expect(causes(source(RAW, 'block'), HELD)).toEqual([RAW]);
});

it('a table that never ran is not held back by what only warns', () => {
  expect(causes(source(RAW, 'warn'), HELD)).toEqual([RAW, TEAMS.name]);
});

it('a table that never ran is not held back by a source that it does not read', () => {
  expect(causes(source(OTHER, 'block'), HELD)).toEqual([OTHER, TEAMS.name]);
});
