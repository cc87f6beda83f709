import { PhasegateError } from '../../../../core/errors.ts';

/** The content of one node of polyglot's syntax tree; the node itself is `{ kind: fields }`. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a renderer of one construct may ask the rest of the translation for. */
export type Rendering = Readonly<{
  expression: (node: unknown) => string;
  query: (node: unknown) => string;
  /** DuckDB's text for `@name`. */
  parameter: (name: string) => string;
  /** DuckDB's text for a table of the warehouse, or a common table expression. */
  table: (path: readonly string[]) => string;
  nameCommonTable: (name: string) => void;
}>;

export type Renderer = (fields: Fields, to: Rendering) => string;

/** Says how the text was written, never what it means. */
const LAYOUT =
  /comments$|^span$|_text$|^(alias_explicit_as|alias_keyword|use_outer_keyword|use_inner_keyword|nesting_group|original_name|bracket_notation|alias_first|no_parens|quoted|inferred_type|trailing_comma|use_bracket_syntax|post_alias_comments|column_aliases_explicit|explicit_else|explicit_nulls|original_text|table_alias_first)$/;

export function refused(construct: string, instead = ''): PhasegateError {
  const hint = instead === '' ? '' : `; ${instead}`;
  return new PhasegateError(
    'invalid-query',
    `not supported by the local warehouse: ${construct}${hint}`,
  );
}

/** The one kind of a node and its fields (empty for a node without any). */
export function opened(node: unknown): readonly [kind: string, fields: Fields] {
  const [entry] = isFields(node) ? Object.entries(node) : [];
  if (entry === undefined) throw refused('an expression the parser left empty');
  return [entry[0], isFields(entry[1]) ? entry[1] : {}];
}

export function kindOf(node: unknown): string {
  return isFields(node) ? (Object.keys(node)[0] ?? '') : '';
}

/**
 * Refuses a node that says more than `known`: whatever a renderer does not read would be dropped
 * silently, which is how `STRING_AGG(… LIMIT 2)` loses its limit.
 */
export function only(what: string, fields: Fields, ...known: string[]): Fields {
  for (const [key, value] of Object.entries(fields)) {
    if (known.includes(key) || LAYOUT.test(key) || isSilent(value)) continue;
    throw refused(`${key.replaceAll('_', ' ').toUpperCase()} in ${what}`);
  }
  return fields;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An identifier node, or its text, in DuckDB's quotes. */
export function quoted(identifier: unknown): string {
  return `"${nameOf(identifier).replaceAll('"', '""')}"`;
}

export function nameOf(identifier: unknown): string {
  if (typeof identifier === 'string') return identifier;
  const name = isFields(identifier) ? (identifier.name ?? identifier.this) : undefined;
  if (isFields(name)) return nameOf(name);
  if (typeof name !== 'string') throw refused('an unnamed identifier');
  return name;
}

export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The value of a string literal; anything else is refused because it must be known beforehand. */
export function literalText(node: unknown, what: string): string {
  const [kind, fields] = opened(node);
  if (kind !== 'literal' || !/^(raw_)?string$/.test(String(fields.literal_type))) {
    throw refused(`${what} that is not a string literal`);
  }
  return String(fields.value);
}

function isSilent(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}
