import { allDays } from '../../../shared/core/calendar.ts';
import { subtract } from '../../../shared/core/day-set.ts';
import { type PastWork, planEstimate } from '../../../shared/core/estimate/plan-estimate.ts';
import { planOf, unverifiedReads } from '../../../shared/core/plan.ts';
import { planHashOf } from '../../../shared/core/plan-hash.ts';
import { lacksOf } from '../../../shared/core/plan-lacks.ts';
import { planMatrix } from '../../../shared/core/plan-matrix.ts';
import { plannedTables } from '../../../shared/core/plan-reasons.ts';
import { sourceStandings } from '../../../shared/core/plan-sources.ts';
import { planLines } from '../../../shared/core/view/plan-lines.ts';
import type { Figures } from '../figures.ts';
import { sideBySide } from '../gate/side-by-side.ts';
import { AT } from './chain.ts';
import { largeRun } from './large-run.ts';

const MAX_OF_PARSE = 20;
const NO_PAST: PastWork = { launches: new Map(), gates: new Map() };

/** What a plan of 20 tables and 10,000 days with holes costs, once its outcomes are read, beside reading them as JSON. */
export async function planFigures(
  rounds: number,
  isBounded: boolean,
  figures: Figures,
): Promise<void> {
  const { pipeline, reading, outcomes: read } = largeRun();
  const { request } = reading;
  const { calendar } = read;
  const outcomes = Object.fromEntries(
    Object.entries(read.outcomes).map(([table, own]) => [
      table,
      { ...own, VERIFIED: subtract(allDays(calendar), own.NEVER_RAN ?? []) },
    ]),
  );
  const text = JSON.stringify(outcomes);
  const [first] = calendar.seasons;
  if (first === undefined) throw new Error('no season');
  const sources = sourceStandings(pipeline, request, calendar, () => first.days, AT);
  const planned = () => {
    const plan = planOf(pipeline, request, 'missing', calendar, outcomes, new Map());
    const tables = plannedTables(pipeline, request, calendar, outcomes, plan);
    const lacks = lacksOf(pipeline, request, calendar, plan, () => first.days);
    const gaps = unverifiedReads(pipeline, request, calendar, outcomes, plan);
    const matrix = planMatrix(pipeline, request, calendar, outcomes, sources);
    const hash = planHashOf('d', request, calendar, outcomes, plan);
    const of = planEstimate(pipeline, request, calendar, tables, NO_PAST, new Map(), AT);
    const rest = { leftOut: [], notAsked: [], isLoosened: false, inTheWay: null, live: null };
    const estimate = { ...of, unread: null };
    const view = { hash, calendar, tables, lacks, gaps, matrix, sources, estimate, ...rest };
    return planLines(view, request);
  };
  const PARSES = 10;
  const [parse, plan] = await sideBySide(rounds, [
    async () => {
      for (let n = 0; n < PARSES; n++) JSON.parse(text);
    },
    async () => planned(),
  ]);
  if (parse === undefined || plan === undefined) throw new Error('nothing was timed');
  const what = 'plan of 20 tables, 10,000 days';
  figures.add(`${what}: JSON.parse of the outcomes`, (parse.seconds / PARSES) * 1000, 'ms', {
    note: `${Math.round(text.length / 1024)} KB`,
  });
  figures.add(
    `${what}: plan and lines / JSON.parse`,
    (plan.seconds / parse.seconds) * PARSES,
    'x',
    {
      atMost: isBounded ? MAX_OF_PARSE : null,
      note: `${planned().length} lines`,
    },
  );
}
