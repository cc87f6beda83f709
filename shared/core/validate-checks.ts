import type { Check } from './check.ts';
import { BUILT_IN_KINDS } from './checks/built-in.ts';
import { relationsRead } from './checks/kind.ts';
import { kindOf } from './checks/kinds.ts';
import type { Pipeline } from './pipeline.ts';
import { pipelineUnder } from './policy.ts';
import { type Problem, repeated, unknownColumns } from './problem.ts';
import { type Relation, relationNamed } from './relation.ts';
import { thereWhenJudged } from './there-when-judged.ts';

/** Everything wrong with the checks of one relation that a schema cannot see. */
export function checkProblems(pipeline: Pipeline, relation: Relation): readonly Problem[] {
  const duplicates = repeated(relation.checks.map((check) => check.id)).map((id) => ({
    path: ['checks'],
    message: `two checks are called ${id}; ids are unique within a table`,
  }));
  const problems = relation.checks.flatMap((check, index) =>
    [...reserved(check), ...problemsOfCheck(check, relation, pipeline)].map((message) => ({
      path: ['checks', index],
      message: `check ${check.id}: ${message}`,
    })),
  );
  return [...duplicates, ...problems, ...dailyProblems(pipeline, relation)];
}

/** Under policy `daily` a check asks for more or less of the same numbers, and for nothing else. */
function dailyProblems(pipeline: Pipeline, { name, checks }: Relation): readonly Problem[] {
  const daily = relationNamed(pipelineUnder(pipeline, 'daily'), name)?.checks ?? checks;
  return checks.flatMap((check, index): Problem[] => {
    const other = daily.find(({ id }) => id === check.id) ?? check;
    const reads = (each: Check) => JSON.stringify(kindOf(each).reads(each));
    if (reads(other) === reads(check)) return [];
    const message = `check ${check.id}: under daily it would read something else; accepted: other thresholds, another severity`;
    return [{ path: ['checks', index, 'daily'], message }];
  });
}

function reserved({ id }: Check): readonly string[] {
  return BUILT_IN_KINDS.some((kind) => kind === id)
    ? [`has the id of a check that every table has; accepted: any but ${BUILT_IN_KINDS.join(', ')}`]
    : [];
}

function problemsOfCheck(check: Check, relation: Relation, pipeline: Pipeline): readonly string[] {
  const kind = kindOf(check);
  const read = [...new Set(relationsRead(kind.reads(check)))];
  const dayless = read.filter((name) => relationNamed(pipeline, name) === undefined);
  const there = thereWhenJudged(pipeline, relation.name);
  const early = read.filter((name) => !dayless.includes(name) && !there.has(name));
  return [
    ...unknownColumns(relation.columns, kind.columns(check)),
    ...dayless.map((name) => `reads ${name}, which is neither a table nor a source with days`),
    ...early.map(
      (name) =>
        `reads ${name}, which may be written later than this is judged; accepted: sources, tables of earlier phases and what ${relation.name} needs`,
    ),
    ...(promisesNothing(check)
      ? ['has a threshold of 0 percent, so it could never fail; accepted: above 0']
      : []),
    ...(kind.isStatistical === true && check.severity === 'block'
      ? [`is statistical, so it may only warn; accepted: severity: warn`]
      : []),
    ...(kind.problems?.(check, relation, pipeline) ?? []),
  ];
}

function promisesNothing(check: Check): boolean {
  if (!('atLeast' in check)) return false;
  const bounds = 'perDay' in check ? [check.atLeast, check.perDay] : [check.atLeast];
  return bounds.every((bound) => typeof bound === 'object' && bound?.numerator === 0n);
}
