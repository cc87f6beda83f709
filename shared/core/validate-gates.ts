import type { Gate, Pipeline } from './pipeline.ts';
import { type Problem, repeated } from './problem.ts';
import { relationNamed } from './relation.ts';

/** Everything wrong with the named gates that a schema cannot see: names used twice, tables and checks that do not exist. */
export function gateProblems(pipeline: Pipeline): readonly Problem[] {
  const duplicates = repeated(pipeline.gates.map(({ name }) => name)).map((name) => ({
    path: ['gates'],
    message: `two gates are called ${name}`,
  }));
  const dangling = pipeline.gates.flatMap((gate, index) =>
    problemsOfGate(pipeline, gate).map(({ path, message }) => ({
      path: ['gates', index, ...path],
      message: `gate ${gate.name}: ${message}`,
    })),
  );
  return [...duplicates, ...dangling];
}

function problemsOfGate(pipeline: Pipeline, { tables }: Gate): readonly Problem[] {
  const twice = repeated(tables.map(({ table }) => table)).map((table) => ({
    path: ['tables'],
    message: `names ${table} twice; accepted: each table once, with all its checks`,
  }));
  const missing = tables.flatMap(({ table, checks }, index): Problem[] => {
    const path = ['tables', index];
    const relation = relationNamed(pipeline, table);
    if (relation === undefined) {
      return [{ path, message: `${table} is neither a table nor a source with days` }];
    }
    const known = relation.checks.map(({ id }) => id);
    if (known.length === 0) return [{ path, message: `${table} has no checks; add some to it` }];
    const unknown = (checks ?? []).filter((id) => !known.includes(id));
    return unknown.map((id) => ({
      path,
      message: `${table} has no check ${id}; accepted: ${known.join(', ')}`,
    }));
  });
  return [...twice, ...missing];
}
