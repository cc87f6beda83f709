import { call } from './call.ts';
import {
  type Fields,
  kindOf,
  literalText,
  only,
  type Renderer,
  type Rendering,
  refused,
  textLiteral,
} from './node.ts';

type Function = (args: readonly unknown[], to: Rendering, name: string) => string;

const joined = (args: readonly unknown[], to: Rendering) =>
  `(${args.map((arg) => to.expression(arg)).join(' || ')})`;

const trimmed =
  (plain: string, spaceless: string): Function =>
  ([text, characters], to) =>
    characters
      ? `${plain}(${to.expression(text)}, ${to.expression(characters)})`
      : call(spaceless, to.expression(text));

export const textFunctions: Readonly<Record<string, Function>> = {
  /** NULL when any part is; DuckDB's own concat skips NULLs. */
  CONCAT: joined,
  LTRIM: trimmed('ltrim', 'left_spaceless'),
  RTRIM: trimmed('rtrim', 'right_spaceless'),
  TRIM: trimmed('trim', 'spaceless'),
  REPLACE: (args, to) => `replace(${args.map(to.expression).join(', ')})`,
  LEFT: (args, to) => call('leftmost', ...args.map(to.expression)),
  RIGHT: (args, to) => call('rightmost', ...args.map(to.expression)),
  SPLIT: ([text, separator], to) =>
    `string_split(${to.expression(text)}, ${separator ? to.expression(separator) : "','"})`,
  REGEXP_CONTAINS: (args, to) => {
    const whole = wholeText(args[1]);
    return whole === null
      ? `regexp_matches(${args.map(to.expression).join(', ')})`
      : `regexp_full_match(${to.expression(args[0])}, ${textLiteral(whole)})`;
  },
  REGEXP_REPLACE: ([text, pattern, by], to) =>
    `regexp_replace(${to.expression(text)}, ${to.expression(pattern)}, ${to.expression(by)}, 'g')`,
  REGEXP_EXTRACT: (args, to, name) => {
    if (args.length !== 2) throw refused(`${name} with a position`);
    const written = literalText(args[1], `a pattern of ${name}`);
    const groups = captures(written);
    if (groups > 1) throw refused(`${name} with more than one capturing group`);
    if (groups === 1 && /\||\)(\?|\*|\{0?,)/.test(written)) {
      throw refused(`${name} with a capturing group that may stay unmatched`);
    }
    const [text, pattern] = args.map(to.expression);
    return `(CASE WHEN regexp_matches(${text}, ${pattern}) THEN regexp_extract(${text}, ${pattern}, ${groups}) ELSE NULL END)`;
  },
  JSON_VALUE: jsonScalar,
  JSON_EXTRACT_SCALAR: jsonScalar,
  TO_JSON_STRING: ([value, pretty], to, name) => {
    if (pretty) throw refused(`${name} with a second argument`);
    return call('json_text', to.expression(value));
  },
};

const one =
  (duck: string): Renderer =>
  (fields, to) =>
    `${duck}(${to.expression(only(duck.toUpperCase(), fields, 'this').this)})`;

const two =
  (duck: string, second: string): Renderer =>
  (fields, to) => {
    const taken = only(duck.toUpperCase(), fields, 'this', second);
    return `${duck}(${to.expression(taken.this)}, ${to.expression(taken[second])})`;
  };

export const textNodes: Readonly<Record<string, Renderer>> = {
  lower: one('lower'),
  upper: one('upper'),
  length: one('length'),
  starts_with: two('starts_with', 'expression'),
  ends_with: two('ends_with', 'expression'),
  str_position: two('strpos', 'substr'),
  trim: (fields, to) => {
    only('TRIM', fields, 'this', 'characters', 'position');
    if (fields.position !== 'Both') throw refused(`TRIM ${fields.position}`);
    return trimmed('trim', 'spaceless')([fields.this, fields.characters], to, 'TRIM');
  },
  substring: (fields, to) => {
    const { this: text, start, length } = only('SUBSTR', fields, 'this', 'start', 'length');
    const parts = [text, start].map(to.expression);
    return length
      ? call('substring_of', ...parts, to.expression(length))
      : call('substring_from', ...parts);
  },
  json_value: jsonNode,
  json_extract_scalar: jsonNode,
};

function jsonNode(fields: Fields, to: Rendering): string {
  const { this: json, path } = only('JSON_VALUE', fields, 'this', 'path');
  return jsonScalar([json, path], to, 'JSON_VALUE');
}

function jsonScalar(args: readonly unknown[], to: Rendering, name: string): string {
  const path = args[1] ? literalText(args[1], `a path of ${name}`) : '$';
  if (!/^\$(\.[A-Za-z_]\w*|\[\d+\])*$/.test(path)) throw refused(`${name} with the path '${path}'`);
  return call('json_scalar', to.expression(args[0]), `'${path}'`);
}

function captures(pattern: string): number {
  const bare = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  return [...bare.matchAll(/\((?!\?)|\(\?P</g)].length;
}

/**
 * What a whole text must be to match a literal pattern anchored at both ends, null for any other
 * pattern: the engine asks that once for each distinct text of a block, not once a row.
 */
function wholeText(pattern: unknown): string | null {
  if (kindOf(pattern) !== 'literal') return null;
  const written = literalText(pattern, 'a pattern of REGEXP_CONTAINS');
  const [, inner] = /^\^((?![*+?{])[^()|]*)\$$/.exec(written) ?? [];
  if (inner === undefined || inner.includes('\\Q')) return null;
  const [escapes = ''] = /\\*$/.exec(inner) ?? [];
  return escapes.length % 2 === 0 ? inner : null;
}
