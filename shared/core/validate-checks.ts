import type { Check } from './check.ts';
import { kindOf } from './checks/kinds.ts';
import type { Pipeline } from './pipeline.ts';
import { type Problem, repeated, unknownColumns } from './problem.ts';
import { type Relation, relationNamed } from './relation.ts';

/** Everything wrong with the checks of one relation that a schema cannot see. */
export function checkProblems(pipeline: Pipeline, relation: Relation): readonly Problem[] {
  const duplicates = repeated(relation.checks.map((check) => check.id)).map((id) => ({
    path: ['checks'],
    message: `two checks are called ${id}; ids are unique within a table`,
  }));
  const problems = relation.checks.flatMap((check, index) =>
    problemsOfCheck(check, relation, pipeline).map((message) => ({
      path: ['checks', index],
      message: `check ${check.id}: ${message}`,
    })),
  );
  return [...duplicates, ...problems];
}

function problemsOfCheck(check: Check, relation: Relation, pipeline: Pipeline): readonly string[] {
  const kind = kindOf(check);
  const { own, others = [], rowsOf = [] } = kind.reads(check);
  const questions = own.flatMap((item) => (item.kind === 'question' ? item.question.reads : []));
  const dayless = [...others.map((other) => other.relation), ...rowsOf, ...questions].filter(
    (name) => relationNamed(pipeline, name) === undefined,
  );
  return [
    ...unknownColumns(relation.columns, kind.columns(check)),
    ...dayless.map((name) => `reads ${name}, which is neither a table nor a source with days`),
    ...(kind.isStatistical === true && check.severity === 'block'
      ? [`is statistical, so it may only warn; accepted: severity: warn`]
      : []),
    ...(kind.problems?.(check, relation, pipeline) ?? []),
  ];
}
