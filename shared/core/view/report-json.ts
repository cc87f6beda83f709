import type { ToldReport } from './report-told.ts';
import { spansOf } from './report-told.ts';
import { runJson } from './run-json.ts';

/** A report for machines. Days are always spans `a..b`, written over days without games. */
export function reportJson({ verdict, report, tables, stillBad, waivers, next }: ToldReport) {
  const { state, startedAt, endedAt, repairs, launches, asked, estimated, refused, again } = report;
  const run = runJson(state);
  const byName = new Map<string, (typeof tables)[number]>(tables.map((each) => [each.table, each]));
  return {
    verdict,
    ...run,
    startedAt,
    endedAt,
    repairs,
    launches,
    asked: asked ?? null,
    estimated: estimated ?? null,
    refused: refused ?? null,
    again: again ?? null,
    tables: run.tables.map((table) => ({
      ...table,
      evidence: byName.get(table.table)?.evidence ?? null,
      checks: (byName.get(table.table)?.rows ?? []).map(({ check, history }) => ({
        ...check,
        history,
      })),
    })),
    stillBad: stillBad.map((each) => ({ ...each, days: spansOf(state, each.days) })),
    waivers: waivers.map((each) => ({ ...each, days: spansOf(state, each.days) })),
    next,
  };
}
