import type { FailingRows } from '../../../shared/core/failing-rows.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import { parsePercent } from '../../../shared/core/percent.ts';
import type { Waiver } from '../../../shared/core/pipeline.ts';
import type { GateReport } from '../../../shared/core/view/gate-report.ts';
import { day, dayCoverage, pipelineOf, table } from '../build.ts';
import { jan, judged, schedule } from '../explain/judged.ts';
import { unique } from '../table-facts.ts';

export const waiver: Waiver = {
  table: parseTableName('a.waived'),
  check: 'days',
  days: jan('2'),
  reason: 'arena <closed> & "flooded"',
  who: 'ana',
  until: day('2027-01-01'),
};
const filled = {
  id: 'points-filled',
  kind: 'not-null',
  severity: 'warn',
  applies: null,
  column: 'points',
  where: null,
  atLeast: parsePercent(95),
  perDay: parsePercent(95),
  minimumPopulation: 1,
  minimumPerDay: 0,
} as const;

export const pipeline = pipelineOf(
  table('a.good', [], { checks: [dayCoverage, unique], bootstrapDays: 2 }),
  table('a.bad', [], { checks: [dayCoverage, filled] }),
  table('a.waived'),
  table('a.absent'),
);

const rows: FailingRows = {
  table: parseTableName('a.bad'),
  check: 'points-filled',
  sql: 'SELECT `game_date` FROM `a.bad`\nWHERE points < 5 LIMIT 5',
  params: { from0: { type: 'DATE', value: '2022-01-03' } },
  keys: ['game_date=2022-01-03 team=<A&B>', 'game_date=2022-01-03 team=C'],
  refused: null,
};

/** One table that passes, one that fails and warns, one that passes but for a waived day, one that is not there. */
export const report: GateReport = {
  id: 'gate-1',
  policy: 'backfill',
  gate: null,
  pipeline,
  definition: '0a1b2c3d',
  from: day('2022-01-01'),
  to: day('2022-01-10'),
  schedule,
  tables: [
    judged(pipeline, 'a.good'),
    judged(pipeline, 'a.bad', jan('3..4')),
    judged(pipeline, 'a.waived', jan('2'), { waivers: [waiver] }),
    judged(pipeline, 'a.absent', jan('1..10'), { actualColumns: null }),
  ],
  failingRows: [rows],
  statements: [
    {
      purpose: 'schedule',
      sql: 'SELECT 1',
      params: {},
      jobId: 'gate-1-schedule',
      bytesPredicted: 10,
      bytesProcessed: 12,
      bytesBilled: 20,
    },
  ],
  next: [{ why: 'why, and what to do about it', command: 'npx phasegate explain' }],
};
