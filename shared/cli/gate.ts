import { randomUUID } from 'node:crypto';
import { PhasegateError } from '../core/errors.ts';
import { type Pipeline, type Table, tablesOf } from '../core/pipeline.ts';
import { VALIDATION_RESULTS } from '../core/system-tables.ts';
import { worst } from '../core/verdict.ts';
import { gateJson } from '../core/view/gate-json.ts';
import { gateLines } from '../core/view/gate-lines.ts';
import { doneLine } from '../core/view/run-lines.ts';
import { assess } from '../shell/assess.ts';
import { evidenceRows } from '../shell/evidence.ts';
import { dayOption } from './day-option.ts';
import { readDefinitionFiles } from './definition.ts';
import { type ExitCode, exitCodeOfVerdict } from './exit-code.ts';
import type { Output } from './output.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type GateOptions = WorldOptions &
  Readonly<{
    from: string;
    to: string;
    phase?: string;
    table?: string;
    json?: boolean;
    verbose?: boolean;
  }>;

/** Judges what is there now and launches nothing. 1 on FAIL, 3 on UNKNOWN. */
export async function gate(options: GateOptions, output: Output): Promise<ExitCode> {
  const range = { from: dayOption('--from', options.from), to: dayOption('--to', options.to) };
  if (range.to < range.from) {
    throw new PhasegateError(
      'invalid-input',
      `the range ends on ${range.to}, before it starts on ${range.from}`,
    );
  }
  const definition = readDefinitionFiles(options);
  const { pipeline } = definition;
  const tables = selected(pipeline, options);
  const place = { world: options.world, definition, make: false };
  return withWorld(place, output, async ({ warehouse }) => {
    const id = `gate-${randomUUID()}`;
    const at = new Date().toISOString();
    const {
      schedule,
      tables: assessed,
      statements,
    } = await assess(warehouse, pipeline, { id, relations: tables, ...range }, at);
    const judgements = assessed.map(({ judgement }) => judgement);
    const rows = evidenceRows(judgements, schedule.calendar, {
      evidence: id,
      run: null,
      ...range,
      at,
    });
    await warehouse.append(VALIDATION_RESULTS.name, rows, { jobId: `${id}-evidence` });
    const bytes = statements.reduce((sum, { bytesProcessed }) => sum + bytesProcessed, 0);
    if (options.json === true) {
      output.json(gateJson(range.from, range.to, schedule, judgements, bytes));
    } else {
      for (const line of gateLines(schedule, judgements, options.verbose === true))
        output.line(line);
      output.line(doneLine(judgements.map(({ verdict }) => verdict)));
    }
    const verdict = worst(judgements.map((judgement) => judgement.verdict));
    return exitCodeOfVerdict(verdict);
  });
}

function selected(pipeline: Pipeline, { phase, table }: GateOptions): readonly Table[] {
  const all = tablesOf(pipeline);
  const chosen = all.filter(
    (each) =>
      (phase === undefined || each.phase === phase) && (table === undefined || each.name === table),
  );
  if (chosen.length > 0) return chosen;
  const inPhase = all.filter((each) => phase === undefined || each.phase === phase);
  const [what, accepted] =
    inPhase.length === 0
      ? [`phase ${phase}`, pipeline.phases.map(({ name }) => name)]
      : [`table ${table}`, inPhase.map(({ name }) => name)];
  const where =
    phase === undefined || inPhase.length === 0 ? `pipeline ${pipeline.name}` : `phase ${phase}`;
  throw new PhasegateError(
    'invalid-input',
    `${what} is not in ${where}; accepted: ${accepted.join(', ')}`,
  );
}
