import { call } from './call.ts';
import {
  type Fields,
  isFields,
  kindOf,
  listOf,
  only,
  opened,
  quoted,
  type Renderer,
  type Rendering,
  refused,
} from './node.ts';

type Function = (args: readonly unknown[], to: Rendering, name: string) => string;

export const arrayFunctions: Readonly<Record<string, Function>> = {
  ARRAY: ([query, ...more], to, name) => {
    if (more.length > 0 || !/^(select|union|subquery)$/.test(kindOf(query))) {
      throw refused(`${name} of anything but one SELECT`);
    }
    return `ARRAY(${to.query(query)})`;
  },
  STRUCT: (args, to) => {
    const named = args.map((arg, index) => {
      const [kind, fields] = opened(arg);
      if (kind === 'alias') return `${quoted(fields.alias)} := ${to.expression(fields.this)}`;
      const name = kind === 'column' ? quoted(fields.name) : `"_field_${index + 1}"`;
      return `${name} := ${to.expression(arg)}`;
    });
    return `struct_pack(${named.join(', ')})`;
  },
  GENERATE_ARRAY: (args, to) => `generate_series(${args.map(to.expression).join(', ')})`,
  ARRAY_TO_STRING: (args, to, name) => {
    if (args.length !== 2) throw refused(`${name} with a text for NULL`);
    return `array_to_string(${args.map(to.expression).join(', ')})`;
  },
};

const POSITIONS: Readonly<Record<string, readonly [macro: string, shift: string]>> = {
  OFFSET: ['at_offset', ''],
  ORDINAL: ['at_offset', ' - 1'],
  SAFE_OFFSET: ['at_safe_offset', ''],
  SAFE_ORDINAL: ['at_safe_offset', ' - 1'],
};

const literal: Renderer = (fields: Fields, to) =>
  `[${listOf(only('ARRAY', fields, 'expressions').expressions)
    .map(to.expression)
    .join(', ')}]`;

export const arrayNodes: Readonly<Record<string, Renderer>> = {
  array: literal,
  array_func: literal,
  array_length: (fields, to) => `len(${to.expression(only('ARRAY_LENGTH', fields, 'this').this)})`,
  struct: (fields, to) => {
    const values = listOf(only('STRUCT', fields, 'fields').fields).map((field) => {
      const [, value] = listOf(field);
      return to.expression(value);
    });
    return `ROW(${values.join(', ')})`;
  },
  subscript: (fields, to) => {
    const { this: array, index } = only('subscript', fields, 'this', 'index');
    const [kind, position] = opened(index);
    const [macro, shift] =
      POSITIONS[kind === 'function' ? String(position.name).toUpperCase() : ''] ?? [];
    const [at] = listOf(isFields(position) ? position.args : []);
    if (macro === undefined) throw refused('a bare array index', 'write array[OFFSET(n)]');
    return call(macro, to.expression(array), `(${to.expression(at)}${shift})`);
  },
};
