import type { Check } from './check.ts';
import { kindOf } from './checks/kinds.ts';
import { PhasegateError } from './errors.ts';
import type { TableName } from './ids.ts';
import { type Gate, type Pipeline, sourceNamed, tablesOf } from './pipeline.ts';
import { type Relation, relationNamed } from './relation.ts';

/** What a person chose to have judged: a named gate, or a phase, a table, both or neither. */
export type GateChoice = Readonly<{
  gate?: string | undefined;
  phase?: string | undefined;
  table?: string | undefined;
}>;

/**
 * The relations to judge: those of a named gate with its checks and what these rest on, a source that was asked for by
 * name, otherwise the tables of the pipeline that were chosen.
 *
 * @throws PhasegateError `invalid-input` for a name that is not there, saying which are
 */
export function relationsChosen(pipeline: Pipeline, choice: GateChoice): readonly Relation[] {
  const { gate, phase, table } = choice;
  if (gate !== undefined) {
    if (phase === undefined && table === undefined) return relationsOfGate(pipeline, gate);
    throw refusal(`gate ${gate} names its tables itself; accepted: without --phase and --table`);
  }
  const source = sourceNamed(pipeline, table as TableName);
  if (source !== undefined && phase === undefined) return [sourceChosen(pipeline, source.name)];
  const all = tablesOf(pipeline);
  const chosen = all.filter(
    (each) =>
      (phase === undefined || each.phase === phase) && (table === undefined || each.name === table),
  );
  if (chosen.length > 0) return chosen;
  const inPhase = all.filter((each) => phase === undefined || each.phase === phase);
  if (inPhase.length === 0) {
    const phases = pipeline.phases.map(({ name }) => name).join(', ');
    throw refusal(`phase ${phase} is not in pipeline ${pipeline.name}; accepted: ${phases}`);
  }
  const place = phase === undefined ? `pipeline ${pipeline.name}` : `phase ${phase}`;
  const sources = pipeline.sources.filter(({ checks }) => phase === undefined && checks.length > 0);
  const names = [...inPhase, ...sources].map(({ name }) => name).join(', ');
  throw refusal(`table ${table} is not in ${place}; accepted: ${names}`);
}

function relationsOfGate(pipeline: Pipeline, name: string): readonly Relation[] {
  const gate = pipeline.gates.find((each) => each.name === name);
  if (gate !== undefined) return gate.tables.map((part) => partOf(pipeline, part));
  const names = pipeline.gates.map((each) => each.name);
  const accepted =
    names.length === 0
      ? `none; its file may declare some under \`gates\``
      : `${names.join(', ')}, or no name for every table`;
  throw refusal(`gate ${name} is not in pipeline ${pipeline.name}; accepted: ${accepted}`);
}

/** A baseline, and a day that succeeded, are what every blocking check of the table says, whichever are told. */
function partOf(pipeline: Pipeline, { table, checks }: Gate['tables'][number]): Relation {
  const relation = relationNamed(pipeline, table);
  if (relation === undefined) throw new PhasegateError('bug', `${table} is in no pipeline`);
  if (checks === null) return relation;
  const isTold = ({ id }: Check) => checks.includes(id);
  const restsOnOthers = relation.checks.filter(isTold).some((check) => {
    const { baseline, isJudgedLast } = kindOf(check);
    return baseline !== undefined || isJudgedLast === true;
  });
  return {
    ...relation,
    checks: relation.checks.filter(
      (check) => isTold(check) || (restsOnOthers && check.severity === 'block'),
    ),
    told: checks,
  };
}

function sourceChosen(pipeline: Pipeline, name: TableName): Relation {
  const relation = relationNamed(pipeline, name);
  if (relation === undefined) {
    throw refusal(`source ${name} has no \`day\` in the pipeline, so no day of it can be judged`);
  }
  if (relation.checks.length > 0) return relation;
  throw refusal(
    `source ${name} has no checks, so nothing could be shown; add \`checks\` to it in the pipeline, e.g. { id: days, kind: day-coverage, atLeastPercent: 100 }`,
  );
}

function refusal(message: string): PhasegateError {
  return new PhasegateError('invalid-input', message);
}
