import type { Calendar } from '../calendar.ts';
import { type DaySpan, normalize } from '../day-set.ts';
import type { CheckExplanation, Root, TableExplanation } from '../explain/explanation.ts';
import { nextSteps } from '../explain/next-steps.ts';
import type { Judged } from '../explain/surroundings.ts';
import type { TableName } from '../ids.ts';
import { isBlocking } from '../judge/facts.ts';
import type { Verdict } from '../verdict.ts';
import { worst } from '../verdict.ts';
import { counted } from '../view/counted.ts';
import type { Finding } from './finding.ts';
import type { AlertSeverity } from './monitor.ts';

const SHOWN_CHECKS = 4;

export type Explained = Readonly<{
  explained: readonly TableExplanation[];
  tables: readonly Judged[];
  calendar: Calendar;
}>;

/** Checks whose causes end at one relation: however many tables show it, it is one trouble. */
type Trouble = Readonly<{
  root: Root;
  shown: readonly Readonly<{ table: TableName; explanation: CheckExplanation }>[];
}>;

/**
 * What judged tables show, one finding for each relation at which their trouble begins.
 *
 * @param severity of what breaks a blocking check; what only warns is a warning at most
 */
export function dataFindings(
  found: Explained,
  severity: AlertSeverity,
  range: DaySpan,
): readonly Finding[] {
  return troubles(found.explained).map((trouble) => asFinding(trouble, found, severity, range));
}

/** The worst of what something was expected of; null where nothing was expected of any. */
export function verdictOfData({ tables }: Pick<Explained, 'tables'>): Verdict | null {
  const judged = tables.filter(({ facts }) => facts.expected.length > 0);
  return judged.length === 0 ? null : worst(judged.map(({ judgement }) => judgement.verdict));
}

function troubles(explained: readonly TableExplanation[]): readonly Trouble[] {
  const byRoot = new Map<string, Trouble>();
  for (const { table, checks } of explained) {
    for (const explanation of checks) {
      const { root } = explanation;
      if (root.kind === 'unexpected') continue;
      const known = byRoot.get(root.relation);
      const gravest = known === undefined || isGraver(root, known.root) ? root : known.root;
      const shown = [...(known?.shown ?? []), { table, explanation }];
      byRoot.set(root.relation, { root: gravest, shown });
    }
  }
  return [...byRoot.values()];
}

/** What is wrong with a relation itself comes before what its change left behind. */
const GRAVEST_FIRST = [
  'source',
  'own',
  'unevaluated',
  'no-days',
  'rewritten',
  'unexpected',
] as const;

function isGraver(root: Root, than: Root): boolean {
  return GRAVEST_FIRST.indexOf(root.kind) < GRAVEST_FIRST.indexOf(than.kind);
}

function asFinding(
  { root, shown }: Trouble,
  { tables, calendar }: Explained,
  severity: AlertSeverity,
  range: DaySpan,
): Finding {
  const names = [...new Set(shown.map(({ table }) => table))];
  const checks = shown.flatMap(({ table, explanation: { check, alike } }) =>
    [check, ...alike].map((each) => ({ table, check: each })),
  );
  const blocks = checks.some(
    ({ check }) => isBlocking(check, 'FAIL') || isBlocking(check, 'UNKNOWN'),
  );
  const own = names.map((table) => ({
    table,
    verdict: 'FAIL' as const,
    checks: shown.filter((each) => each.table === table).map(({ explanation }) => explanation),
  }));
  const judged = tables.filter(({ judgement }) => names.includes(judgement.table));
  const steps = nextSteps(own, judged, calendar, { ...range, run: null });
  const told = checks
    .slice(0, SHOWN_CHECKS)
    .map(({ table, check: { id, observed, expected, message } }) =>
      observed === ''
        ? `${table} ${id}: ${message}`
        : `${table} ${id}: ${observed}; accepted: ${expected}`,
    );
  const more = checks.length - told.length;
  return {
    cause: `data/${root.relation}`,
    severity: blocks || severity === 'info' ? severity : 'warning',
    title: titleOf(root, names),
    days: normalize(checks.flatMap(({ check }) => check.days)),
    details: more === 0 ? told : [...told, `and ${counted(more, 'more check')}`],
    next: steps.map(({ command, why }) => command ?? why).join('; then ') || null,
  };
}

function titleOf(root: Root, tables: readonly TableName[]): string {
  const { relation } = root;
  const others = tables.filter((name) => name !== relation);
  const behind = others.length === 0 ? '' : `, and ${counted(others.length, 'table')} behind it`;
  switch (root.kind) {
    case 'source':
      return `source ${relation} lacks or breaks what is promised of it${behind}`;
    case 'own':
      return `${relation} is bad, and what it reads is not${behind}`;
    case 'rewritten':
      return `${root.stale} was written before ${relation}, which it reads, changed`;
    case 'unevaluated':
      return `${relation} could not be judged${behind}`;
    default:
      return `${relation} is not as it should be${behind}`;
  }
}
