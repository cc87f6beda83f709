import type { TableName } from './ids.ts';
import { type Pipeline, tableNamed } from './pipeline.ts';

/**
 * The relations that a check of this one may look at: sources, tables of earlier phases, and whatever
 * it needs, near or far. Any other table may be judged before it was written.
 */
export function thereWhenJudged(pipeline: Pipeline, name: TableName): ReadonlySet<TableName> {
  const there = new Set<TableName>(pipeline.sources.map((source) => source.name));
  if (tableNamed(pipeline, name) === undefined) return there;
  for (const { tables } of pipeline.phases) {
    if (tables.some((table) => table.name === name)) break;
    for (const table of tables) there.add(table.name);
  }
  const waiting: TableName[] = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    there.add(next);
    const needs = tableNamed(pipeline, next)?.needs ?? [];
    waiting.push(...needs.map(({ of }) => of).filter((of) => !there.has(of)));
  }
  return there;
}
