import { randomUUID } from 'node:crypto';
import { commandIn } from '../adapters/command-in.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { PhasegateError } from '../core/errors.ts';
import { relationsChosen } from '../core/gate-selection.ts';
import { parsePhaseName, parseTableName } from '../core/ids.ts';
import { type Policy, pipelineUnder } from '../core/policy.ts';
import { letsPass } from '../core/verdict.ts';
import { gateJson } from '../core/view/gate-json.ts';
import { gateJunit } from '../core/view/gate-junit.ts';
import { gateLines } from '../core/view/gate-lines.ts';
import { gateMarkdown } from '../core/view/gate-markdown.ts';
import { type GateReport, verdictOfGate } from '../core/view/gate-report.ts';
import { doneLine } from '../core/view/run-lines.ts';
import { assess } from '../shell/assess.ts';
import { keepEvidence } from '../shell/keep-evidence.ts';
import { withdrawUnverified } from '../shell/publish-verified.ts';
import { readerOf } from '../shell/reader.ts';
import { sampleRows } from '../shell/sample-rows.ts';
import { acceptedByLock, isAccepted } from './accepted.ts';
import { type ExitCode, exitCodeOfVerdict } from './exit-code.ts';
import { judgeEvidence } from './judge-again.ts';
import type { Output } from './output.ts';
import { progressOn } from './progress.ts';
import { rangeOption } from './range-option.ts';
import { requestedBy } from './requested-by.ts';
import { type WorldOptions, withWorld } from './with-world.ts';

export type GateOptions = WorldOptions &
  Readonly<{
    from?: string;
    to?: string;
    phase?: string;
    table?: string;
    policy?: Policy;
    format?: 'text' | 'json' | 'md' | 'junit';
    /** A stored gate by its id or file: judged again, and nothing else. */
    evidence?: string;
    json?: boolean;
    verbose?: boolean;
  }>;

/** Judges what is there now and launches nothing. 1 on FAIL, 3 on UNKNOWN. */
export async function gate(
  name: string | undefined,
  options: GateOptions,
  output: Output,
): Promise<ExitCode> {
  const { evidence: stored, format } = options;
  if (options.json === true && format !== undefined && format !== 'json') {
    throw new PhasegateError(
      'invalid-input',
      `--json is given with --format ${format}; accepted: one of them`,
    );
  }
  if (stored !== undefined) return judgeEvidence(stored, { ...options, gate: name }, output);
  const range = rangeOption(options);
  const definition = readDefinitionFiles(options);
  const { policy = 'backfill' } = options;
  const pipeline = pipelineUnder(definition.pipeline, policy);
  const relations = relationsChosen(pipeline, { ...options, gate: name });
  isAccepted(acceptedByLock(options.pipeline, definition), definition, output);
  const place = { world: options.world, definition, make: false, launches: false };
  return withWorld(place, output, async ({ warehouse, evidence, isOwner }) => {
    const id = `gate-${randomUUID()}`;
    const at = new Date().toISOString();
    const onRead = progressOn(output);
    const request = { id, relations, ...range, onRead };
    const { schedule, tables, statements } = await assess(warehouse, pipeline, request, at);
    if (isOwner && policy === 'backfill')
      await withdrawUnverified(warehouse, pipeline, { schedule, tables });
    const reader = readerOf(warehouse, {
      id,
      labels: { pipeline: pipeline.name },
      maximumBytes: pipeline.maximumBytesPerQuery,
    });
    const failingRows = await sampleRows(reader, tables);
    const read = [...statements, ...reader.statements];
    const head = {
      id,
      run: null,
      pipeline: pipeline.name,
      definition: definition.hash,
      policy,
      ...range,
      gate: name ?? null,
      phase: options.phase === undefined ? null : parsePhaseName(options.phase),
      table: options.table === undefined ? null : parseTableName(options.table),
      startedAt: at,
      endedAt: new Date().toISOString(),
      requestedBy: requestedBy(),
    };
    await keepEvidence({ warehouse, evidence }, head, { schedule, tables, statements: read });
    const report: GateReport = {
      id,
      gate: name ?? null,
      pipeline,
      definition: definition.hash,
      policy,
      ...range,
      schedule,
      tables,
      failingRows,
      statements: read,
      next: nextOf(tables, options),
    };
    print(report, options, output);
    return exitCodeOfVerdict(verdictOfGate(report));
  });
}

function print(report: GateReport, options: GateOptions, output: Output): void {
  const format = options.json === true ? 'json' : (options.format ?? 'text');
  if (format === 'json') output.json(gateJson(report));
  else if (format === 'junit') output.line(gateJunit(report));
  else if (format === 'md') output.line(gateMarkdown(report));
  else {
    for (const line of gateLines(report, options.verbose === true)) output.line(line);
    output.line(doneLine(report.tables.map(({ judgement }) => judgement.verdict)));
  }
}

function nextOf(tables: GateReport['tables'], options: GateOptions): GateReport['next'] {
  if (tables.every(({ judgement }) => letsPass(judgement.verdict))) return [];
  const { from, to, table } = options;
  const only = table === undefined ? '' : ` --table ${table}`;
  const command = `npx phasegate explain --from ${from} --to ${to}${only}`;
  return [
    { why: 'why, and what to do about it', command: commandIn(command, options, options.world) },
  ];
}
