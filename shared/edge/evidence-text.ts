import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';
import type { EvidenceText, GateEvidence } from '../core/evidence.ts';
import type { TableFacts } from '../core/judge/facts.ts';
import { type Packed, pack, unpack } from './evidence-pack.ts';
import { evidenceSchema } from './evidence-schema.ts';

/** Changes with every change of what a file means; a file of another version is refused. */
export const EVIDENCE_VERSION = 2;

const envelope = z.strictObject({
  format: z.literal('phasegate-evidence'),
  version: z.literal(EVIDENCE_VERSION),
  sha256: z.string(),
  content: z.looseObject({
    tables: z.array(z.unknown()),
    facts: z.strictObject({
      shapes: z.array(z.array(z.string())),
      shared: z.array(z.unknown()),
      value: z.array(z.unknown()),
    }),
  }),
});

/**
 * An evidence as one JSON text. All but the facts can be read by anyone: verdicts, checks as judged,
 * statements. The facts are packed, because tables share most of theirs.
 */
export function writeEvidence({ tables, ...head }: GateEvidence): EvidenceText {
  const content = {
    ...head,
    tables: tables.map(({ judgement }) => judgement),
    facts: pack(tables.map(({ facts }) => facts)),
  };
  const body = JSON.stringify(content);
  const sha256 = hashOf(body);
  const opening = { format: 'phasegate-evidence', version: EVIDENCE_VERSION, sha256 };
  return { text: `${JSON.stringify(opening).slice(0, -1)},"content":${body}}\n`, sha256 };
}

/**
 * Reads what `writeEvidence` wrote.
 *
 * @param name what messages call the file
 * @throws PhasegateError `invalid-input` for another version, a content that was changed after it
 *   was written, or a text that is no evidence
 */
export function readEvidence(
  name: string,
  text: string,
): GateEvidence & Readonly<{ sha256: string }> {
  const { sha256, content } = opened(name, text);
  const found = hashOf(JSON.stringify(content));
  if (found !== sha256) {
    throw new PhasegateError(
      'invalid-input',
      `${name} was changed after it was written: its content has SHA-256 ${found}, it was written with ${sha256}; restore the file, or judge the data again`,
    );
  }
  const { tables, facts, ...head } = content;
  const unpacked = unpack(facts as Packed) as readonly TableFacts[];
  const evidence = {
    ...head,
    tables: tables.map((judgement, index) => ({ judgement, facts: unpacked[index] })),
  };
  const { success, error } = evidenceSchema.safeParse(evidence);
  if (!success) throw new PhasegateError('invalid-input', `${name}: ${problemsOf(error)}`);
  return { ...(evidence as unknown as GateEvidence), sha256 };
}

function opened(name: string, text: string): z.output<typeof envelope> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new PhasegateError('invalid-input', `${name} is not JSON, so it is no evidence`, error);
  }
  const { success, error } = envelope.safeParse(document);
  if (success) return document as z.output<typeof envelope>;
  const version = (document as { version?: unknown } | null)?.version;
  const isOther = version !== undefined && version !== EVIDENCE_VERSION;
  throw new PhasegateError(
    'invalid-input',
    isOther
      ? `${name} is evidence of version ${JSON.stringify(version)}; accepted: ${EVIDENCE_VERSION}; judge it with the code that wrote it`
      : `${name} is no evidence: ${problemsOf(error)}`,
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function problemsOf({ issues }: z.ZodError): string {
  const [first, ...others] = issues.map(
    ({ path, message }) => `${path.join('.') || 'document'}: ${message}`,
  );
  return others.length === 0 ? `${first}` : `${first}, and ${others.length} more`;
}
