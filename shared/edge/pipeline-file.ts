import { createHash } from 'node:crypto';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';
import type { Definition } from '../core/pipeline.ts';
import { laterStarts } from '../core/validate-overlay.ts';
import { problemsOf } from '../core/validate-pipeline.ts';
import { buildPipeline } from './pipeline-build.ts';
import {
  definitionSchema,
  overlaySchema,
  type PipelineDocument,
  pipelineSchema,
} from './pipeline-schema.ts';

/** A text and the name by which errors call it. */
export type NamedText = Readonly<{ file: string; text: string }>;

type Path = readonly PropertyKey[];
type CheckDocument = PipelineDocument['sources'][number]['checks'][number];

/**
 * Reads a pipeline file, with an overlay's calendar and waivers laid over it. The definition keeps both apart: what an
 * overlay takes away is no promise of the pipeline.
 *
 * @param readSql the text of a `.sql` file named in the pipeline, relative to the pipeline file
 * @throws PhasegateError `invalid-input` naming file, line, place, value and what is accepted, all problems at once
 */
export function readPipeline(
  source: NamedText,
  overlay: NamedText | null,
  readSql: (path: string) => string,
): Definition {
  const parsed = parseYaml(source, pipelineSchema);
  const over = overlay === null ? null : parseYaml(overlay, overlaySchema);
  const document = {
    ...inlineSql(parsed.value, readSql),
    ...(over === null ? {} : { overlay: over.value }),
  };
  const pipeline = buildPipeline(document);
  const problems = [
    ...problemsOf(pipeline).map(({ path, message }) => `${parsed.place(path)}: ${message}`),
    ...laterStarts(pipeline).map(({ path, message }) => `${over?.place(path)}: ${message}`),
  ];
  if (problems.length > 0) throw invalid(problems);
  const text = JSON.stringify(document);
  return { pipeline, text, hash: hashOf(text) };
}

/** Reads a definition that `readPipeline` made earlier; its meaning never changes. */
export function readDefinition(text: string): Definition {
  const document = definitionSchema.parse(JSON.parse(text));
  return { pipeline: buildPipeline(document), text, hash: hashOf(text) };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function parseYaml<Schema extends z.ZodType>({ file, text }: NamedText, schema: Schema) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const place = (path: Path) => {
    const at = offsetOf(document, path);
    const { line, col } = lines.linePos(at);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw invalid(document.errors.map((error) => `${file}: ${error.message}`));
  }
  const result = schema.safeParse(document.toJS());
  if (!result.success) {
    throw invalid(
      result.error.issues.map((issue) => {
        const found = document.getIn(issue.path);
        const value =
          isScalar(found) || isMap(found) || isSeq(found)
            ? ''
            : ` (found ${JSON.stringify(found)})`;
        return `${place(issue.path)}: ${issue.path.join('.') || 'document'}: ${issue.message}${value}`;
      }),
    );
  }
  return { value: result.data, place };
}

/** Where the deepest part of the path that exists begins. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isScalar(node) || isMap(node) || isSeq(node)) return node.range?.[0] ?? 0;
  }
  return 0;
}

function inlineSql(
  document: PipelineDocument,
  readSql: (path: string) => string,
): PipelineDocument {
  const inline = (text: string) => (text.endsWith('.sql') ? readSql(text) : text);
  const inlineCheck = (check: CheckDocument): CheckDocument =>
    check.kind === 'sql'
      ? { ...check, breaks: inline(check.breaks), population: inline(check.population) }
      : check;
  return {
    ...document,
    sources: document.sources.map((source) => ({
      ...source,
      checks: source.checks.map(inlineCheck),
      ...(source.load?.select === undefined
        ? {}
        : { load: { ...source.load, select: inline(source.load.select) } }),
    })),
    phases: document.phases.map((phase) => ({
      ...phase,
      tables: phase.tables.map((table) => ({
        ...table,
        job: 'select' in table.job ? { ...table.job, select: inline(table.job.select) } : table.job,
        checks: table.checks.map(inlineCheck),
      })),
    })) as PipelineDocument['phases'],
  };
}

function invalid(problems: readonly string[]): PhasegateError {
  return new PhasegateError('invalid-input', problems.join('\n'));
}
