import type { Calendar } from '../calendar.ts';
import type { Check } from '../check.ts';
import { relationsRead } from '../checks/kind.ts';
import { kindOf } from '../checks/kinds.ts';
import type { DaySet } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { TableFacts, TableJudgement } from '../judge/facts.ts';
import type { OutcomeDays } from '../outcome.ts';
import { type Need, type Pipeline, type Source, tableNamed } from '../pipeline.ts';
import { relationNamed } from '../relation.ts';
import type { Changes } from '../stale.ts';

/** A relation as it was judged. */
export type Judged = Readonly<{
  judgement: TableJudgement;
  facts: TableFacts;
  outcomes: OutcomeDays;
}>;

/** All that a cause is looked for in. */
export type Surroundings = Readonly<{
  pipeline: Pipeline;
  calendar: Calendar;
  /** Tables and sources with checks, judged as far back as windows read. */
  relations: ReadonlyMap<TableName, Judged>;
  /** When each relation changed, by day or as a whole. */
  changesOf: (name: TableName) => Changes;
  /** Of each source that was reached; null for one without days that has rows. */
  daysWithRows: (source: Source) => DaySet | null;
}>;

/** Relations that a check compares its own with. */
export function comparedWith(check: Check): readonly TableName[] {
  return relationsRead(kindOf(check).reads(check));
}

/** What a table reads; a source reads nothing. */
export function needsOf(pipeline: Pipeline, name: TableName): readonly Need[] {
  return tableNamed(pipeline, name)?.needs ?? [];
}

/** These relations and everything that they read or are compared with, directly or through others. */
export function reachedFrom(
  pipeline: Pipeline,
  names: readonly TableName[],
): ReadonlySet<TableName> {
  const reached = new Set<TableName>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...needsOf(pipeline, name).map(({ of }) => of));
    waiting.push(...(relationNamed(pipeline, name)?.checks ?? []).flatMap(comparedWith));
  }
  return reached;
}
