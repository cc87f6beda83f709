import { type DaySpan, normalize } from '../day-set.ts';
import { type CheckJudgement, isBlocking } from '../judge/facts.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Verdict } from '../verdict.ts';
import { worst } from '../verdict.ts';
import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';
import {
  causeOfData,
  checksShowing,
  type Explained,
  nextOf,
  type Trouble,
  tablesShowing,
  titleOf,
  troublesOf,
} from './troubles.ts';

const SHOWN_CHECKS = 4;
const SHOWN_SAMPLES = 3;

/**
 * What judged tables show, one finding for each trouble.
 *
 * @param severity of what breaks a blocking check; what only warns is a warning at most
 */
export function dataFindings(
  pipeline: Pipeline,
  found: Explained,
  severity: AlertSeverity,
  range: DaySpan,
): readonly Finding[] {
  return troublesOf(pipeline, found.explained).map((trouble) =>
    asFinding(trouble, found, severity, range),
  );
}

/** The worst of what something was expected of; null where nothing was expected of any. */
export function verdictOfData({ tables }: Pick<Explained, 'tables'>): Verdict | null {
  const judged = tables.filter(({ facts }) => facts.expected.length > 0);
  return judged.length === 0 ? null : worst(judged.map(({ judgement }) => judgement.verdict));
}

function asFinding(
  trouble: Trouble,
  found: Explained,
  severity: AlertSeverity,
  range: DaySpan,
): Finding {
  const checks = checksShowing(trouble);
  const blocks = checks.some(
    ({ check }) => isBlocking(check, 'FAIL') || isBlocking(check, 'UNKNOWN'),
  );
  const told = checks
    .slice(0, SHOWN_CHECKS)
    .map(({ table, check }) => `${table} ${check.id}: ${saidOf(check)}`);
  const more = checks.length - told.length;
  return {
    cause: causeOfData(trouble.root.relation),
    severity: blocks || severity === 'info' ? severity : 'warning',
    title: titleOf(trouble.root, tablesShowing(trouble)),
    days: normalize(checks.flatMap(({ check }) => check.days)),
    details: more === 0 ? told : [...told, `and ${counted(more, 'more check')}`],
    next: nextOf(trouble, found, range),
  };
}

/** What was seen against what is accepted, and a few of the games, teams or rows that it is about. */
function saidOf({ observed, expected, message, samples = [] }: CheckJudgement): string {
  if (observed === '') return message;
  const some = samples.slice(0, SHOWN_SAMPLES);
  const such = some.length === 0 ? '' : `, such as ${some.join(', ')}`;
  return `${observed}; accepted: ${expected}${such}`;
}
