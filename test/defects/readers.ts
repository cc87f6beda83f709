import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';

/** These relations, and everything that reads any of them, directly or not. Every table counts its games by the schedule. */
export function withReaders(pipeline: Pipeline, names: readonly string[]): ReadonlySet<string> {
  const touched = new Set(names);
  const tables = tablesOf(pipeline);
  if (touched.has(pipeline.calendar.schedule))
    return new Set([...names, ...relationNames(pipeline)]);
  for (let before = -1; before < touched.size; ) {
    before = touched.size;
    for (const { name, needs } of tables) {
      if (needs.some(({ of }) => touched.has(of))) touched.add(name);
    }
  }
  return touched;
}

function relationNames(pipeline: Pipeline): readonly string[] {
  return [...pipeline.sources, ...tablesOf(pipeline)].map(({ name }) => name);
}
