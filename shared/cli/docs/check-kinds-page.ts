import { z } from 'zod';
import type { Check } from '../../core/check.ts';
import { CHECK_KINDS } from '../../core/checks/kinds.ts';
import { checkSchema } from '../../edge/checks/check-schema.ts';
import { FAR_KIND_NOTES } from './far-kind-notes.ts';
import type { KindNote } from './kind-note.ts';
import { ROW_KIND_NOTES } from './row-kind-notes.ts';

/** A kind without a note does not compile. */
export const KIND_NOTES: Readonly<Record<Check['kind'], KindNote>> = {
  ...ROW_KIND_NOTES,
  ...FAR_KIND_NOTES,
};

/** Fields that every kind has: they are told once. */
const SHARED = ['kind', 'id', 'severity', 'applies', 'daily'];

export type FieldOfKind = Readonly<{
  name: string;
  type: string;
  isRequired: boolean;
  /** As JSON; null: it has none. */
  preset: string | null;
  description: string;
}>;

const propertySchema = z.looseObject({
  description: z.string().default(''),
  default: z.unknown().optional(),
});
const kindSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema),
  required: z.array(z.string()).default([]),
});

/** The fields of a kind as its schema has them, in its order. */
export function fieldsOfKind(kind: Check['kind']): readonly FieldOfKind[] {
  const option = checkSchema.options.find((each) => each.shape.kind.value === kind);
  if (option === undefined) return [];
  const { properties, required } = kindSchema.parse(
    z.toJSONSchema(option, { io: 'input', reused: 'inline' }),
  );
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeOf(property),
    isRequired: required.includes(name),
    preset: property.default === undefined ? null : JSON.stringify(property.default),
    description: property.description,
  }));
}

const anySchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

function typeOf(schema: unknown): string {
  const { type, enum: values, const: only, items, anyOf } = anySchema.parse(schema);
  if (only !== undefined) return JSON.stringify(only);
  if (values !== undefined) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (type === 'array') return `list of ${typeOf(items)}`;
  if (type === 'object') return 'mapping';
  return type === 'integer' ? 'whole number' : (type ?? 'any');
}

/** The page on the kinds of check, from their schemas. */
export function checkKindsPage(): string {
  const kinds = [...CHECK_KINDS].sort();
  return [
    '# Kinds of check',
    '',
    'Written by `npm run docs` from the schema that the parser uses; a test says when it is out of date. How shares, days and',
    'baselines are judged: [checks.md](checks.md).',
    '',
    'Every kind also has these fields:',
    '',
    ...tableOf(
      fieldsOfKind('written').filter(({ name }) => SHARED.includes(name) && name !== 'kind'),
    ),
    '',
    kinds.map((kind) => `[${kind}](#${kind})`).join(' · '),
    ...kinds.flatMap(sectionOf),
    '',
  ].join('\n');
}

function sectionOf(kind: Check['kind']): readonly string[] {
  const { promises, example, fails } = KIND_NOTES[kind];
  const fields = fieldsOfKind(kind).filter(({ name }) => !SHARED.includes(name));
  return [
    '',
    `## ${kind}`,
    '',
    promises,
    '',
    ...(fields.length === 0 ? ['No field of its own.'] : tableOf(fields)),
    '',
    '```yaml',
    `- ${example}`,
    '```',
    '',
    `A FAIL says, for example: *${fails.replaceAll('*', '\\*')}*`,
  ];
}

function tableOf(fields: readonly FieldOfKind[]): readonly string[] {
  return [
    '| field | type | default | |',
    '|---|---|---|---|',
    ...fields.map(({ name, type, isRequired, preset, description }) => {
      const given = isRequired ? 'required' : preset === null ? '' : `\`${preset}\``;
      return `| \`${name}\` | ${type} | ${given} | ${description.replaceAll('|', '\\|')} |`;
    }),
  ];
}
