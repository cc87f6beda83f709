import { intersect, isEmpty } from './day-set.ts';
import type { Day } from './days.ts';
import type { TableName } from './ids.ts';
import type { Pipeline, Waiver } from './pipeline.ts';
import type { ReportedCheck, RunReport } from './report.ts';
import { isAtRest, type Override, type RunState } from './run.ts';
import { hasPassed, type TableState } from './table-state.ts';
import type { Verdict } from './verdict.ts';
import { verdictsOf } from './view/run-lines.ts';

/** The SHA-256 of an evidence as it is kept, or why it cannot be had. */
export type Seal = Readonly<{ sha256: string }> | Readonly<{ trouble: string }>;

/** What a person who signs a run off puts a name to, one table. */
export type ChecklistTable = Readonly<{
  table: TableName;
  stands: TableState['tag'];
  verdict: Verdict;
  checks: readonly ReportedCheck[];
  /** Null where nobody judged it: it was signed for after its job had failed. */
  evidence: Readonly<{ id: string; seal: Seal }> | null;
  override: Readonly<{ by: string; reason: string; until: Day }> | null;
  /** Why the run cannot be signed off because of it; null when it can. */
  open: string | null;
}>;

export type Checklist = Readonly<{
  state: RunState;
  tables: readonly ChecklistTable[];
  /** Known exceptions that count today on days of the range. */
  waivers: readonly Waiver[];
  /** Everything that was ever signed for in this run. */
  overrides: readonly Override[];
  /** Why the run cannot be signed off; nothing when it can. */
  open: readonly string[];
  /** What is signed: SHA-256 of each evidence, by its id. */
  seals: Readonly<Record<string, string>>;
}>;

/**
 * The checklist of a run, generated from what it left: a table is done when its gate let it pass and the evidence
 * is there as it was written, or when a person signed for it and that has not run out.
 *
 * @param today in the pipeline's time zone
 * @param sealOf an evidence that a table passed on
 */
export function checklistOf(
  { state, checks }: RunReport,
  { waivers }: Pipeline,
  today: Day,
  sealOf: (evidence: string) => Seal,
): Checklist {
  const verdicts = verdictsOf(state);
  const tables = Object.entries(state.tables).map(([name, own]): ChecklistTable => {
    const table = name as TableName;
    const id = 'evidence' in own && own.evidence !== '' ? own.evidence : null;
    const listed = {
      table,
      stands: own.tag,
      verdict: verdicts[table] ?? 'UNKNOWN',
      checks: checks.get(table) ?? [],
      evidence: id === null ? null : { id, seal: sealOf(id) },
      override: own.tag === 'overridden' ? own : null,
    };
    return { ...listed, open: openIn(listed, own, today) };
  });
  const range = [{ from: state.request.from, to: state.request.to }];
  return {
    state,
    tables,
    waivers: waivers.filter(
      ({ table, until, days }) =>
        table in state.tables && until >= today && !isEmpty(intersect(days, range)),
    ),
    overrides: state.overrides,
    open: [
      ...tables.flatMap(({ table, open }) => (open === null ? [] : [`${table}: ${open}`])),
      ...(state.status === 'passed' ? [] : [`the run is ${state.status}${goesOn(state)}`]),
    ],
    seals: Object.fromEntries(
      tables.flatMap(({ evidence }) =>
        evidence !== null && 'sha256' in evidence.seal
          ? [[evidence.id, evidence.seal.sha256] as const]
          : [],
      ),
    ),
  };
}

function openIn(
  { evidence, override, stands }: Omit<ChecklistTable, 'open'>,
  own: TableState,
  today: Day,
): string | null {
  if (!hasPassed(own)) return `is ${stands}`;
  if (override !== null && override.until < today) {
    return `the signature of ${override.by} ran out on ${override.until}`;
  }
  if (evidence !== null && 'trouble' in evidence.seal) return evidence.seal.trouble;
  return evidence === null && override === null ? 'it has no evidence' : null;
}

function goesOn({ status }: RunState): string {
  return isAtRest(status) ? '' : ', and goes on';
}
