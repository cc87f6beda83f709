import { call } from './call.ts';
import {
  type Fields,
  isFields,
  kindOf,
  listOf,
  only,
  quoted,
  type Renderer,
  type Rendering,
  refused,
} from './node.ts';

/** GoogleSQL's name of a type node, `ARRAY<…>` and `STRUCT<…>` included. */
const SCALARS: Readonly<Record<string, string>> = {
  STRING: 'VARCHAR',
  INT64: 'BIGINT',
  FLOAT64: 'DOUBLE',
  NUMERIC: 'DECIMAL(38,9)',
  BOOL: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP',
  TIMESTAMP: 'TIMESTAMPTZ',
};

const POLYGLOT_NAMES: Readonly<Record<string, string>> = {
  decimal: 'NUMERIC',
  boolean: 'BOOL',
  bool: 'BOOL',
  text: 'STRING',
  string: 'STRING',
  var_char: 'STRING',
  big_int: 'INT64',
  double: 'FLOAT64',
  date: 'DATE',
};

const MACROS: Readonly<Record<string, string>> = {
  INT64: 'int64',
  STRING: 'string',
  BOOL: 'bool',
  DATE: 'date',
};

export const casts: Readonly<Record<string, Renderer>> = {
  cast: (fields, to) => cast(fields, to, false),
  safe_cast: (fields, to) => cast(fields, to, true),
  try_cast: (fields, to) => cast(fields, to, true),
};

function cast(fields: Fields, to: Rendering, isSafe: boolean): string {
  if (fields.double_colon_syntax) throw refused('the :: cast', 'write CAST(x AS TYPE)');
  const { this: value, to: type } = only(isSafe ? 'SAFE_CAST' : 'CAST', fields, 'this', 'to');
  if (!isFields(type)) throw refused('a CAST without a type');
  const keyword = isSafe ? 'TRY_CAST' : 'CAST';
  const text = to.expression(value);
  if (/^(array|struct)$/.test(kindOf(value))) return `(CAST(${text} AS ${duckType(type)}))`;
  const name = typeName(type);
  const macro = MACROS[name];
  if (kindOf(value) === 'null') return `(CAST(NULL AS ${duckType(type)}))`;
  if (macro !== undefined) return call(isSafe ? `safe_${macro}` : `to_${macro}`, text);
  if (SCALARS[name] === undefined) throw refused(`CAST to ${name}`);
  if (typeof type.precision !== 'number') return `(${keyword}(${text} AS ${SCALARS[name]}))`;
  const narrow = `DECIMAL(${type.precision},${typeof type.scale === 'number' ? type.scale : 0})`;
  return `(CAST(${keyword}(${text} AS ${narrow}) AS DECIMAL(38,9)))`;
}

function typeName(type: Fields): string {
  const kind = String(type.data_type);
  if (kind === 'custom') return String(type.name).toUpperCase();
  return POLYGLOT_NAMES[kind] ?? kind.toUpperCase();
}

function duckType(type: unknown): string {
  if (!isFields(type)) throw refused('an unknown type');
  if (type.data_type === 'array') return `${duckType(type.element_type)}[]`;
  if (type.data_type === 'struct') {
    const fields = listOf(type.fields).map((field) => {
      const { name, data_type } = isFields(field) ? field : {};
      return `${quoted(name)} ${duckType(data_type)}`;
    });
    return `STRUCT(${fields.join(', ')})`;
  }
  const scalar = SCALARS[typeName(type)];
  if (scalar === undefined) throw refused(`the type ${typeName(type)}`);
  return scalar;
}
