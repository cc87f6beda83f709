import { PhasegateError } from './errors.ts';
import type { TableName } from './ids.ts';
import { type Pipeline, tablesOf } from './pipeline.ts';
import type { Problem } from './problem.ts';
import { verifiedViewOf } from './published.ts';

/** Verified views whose name is too long, or is that of a table or source. */
export function publishProblems(pipeline: Pipeline): readonly Problem[] {
  const declared = new Set([...pipeline.sources, ...tablesOf(pipeline)].map(({ name }) => name));
  return pipeline.phases.flatMap(({ tables }, phaseIndex) =>
    tables.flatMap(({ name, publish }, tableIndex): Problem[] => {
      const message = publish === null ? null : refusalOf(name, declared);
      const path = ['phases', phaseIndex, 'tables', tableIndex, 'publish'];
      return message === null ? [] : [{ path, message: `${name}: ${message}` }];
    }),
  );
}

function refusalOf(table: TableName, declared: ReadonlySet<TableName>): string | null {
  try {
    const view = verifiedViewOf(table);
    return declared.has(view)
      ? `its verified view ${view} has the name of a table or source; rename that, or leave publish out`
      : null;
  } catch (error) {
    if (error instanceof PhasegateError) return `its verified view: ${error.message}`;
    throw error;
  }
}
