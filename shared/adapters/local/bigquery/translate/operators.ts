import { call } from './call.ts';
import { type Fields, listOf, nameOf, only, quoted, type Renderer, refused } from './node.ts';

/** Every operator stands in parentheses, so that no precedence of DuckDB's can change a meaning. */
const infix =
  (symbol: string): Renderer =>
  (fields, to) => {
    const { left, right } = only(symbol, fields, 'left', 'right');
    return `(${to.expression(left)} ${symbol} ${to.expression(right)})`;
  };

const viaMacro =
  (macro: string): Renderer =>
  (fields, to) => {
    const { left, right } = only(macro, fields, 'left', 'right');
    return call(macro, to.expression(left), to.expression(right));
  };

const negatable = (fields: Fields, text: string): string =>
  fields.not === true ? `(NOT ${text})` : text;

const test =
  (suffix: string): Renderer =>
  (fields, to) =>
    negatable(fields, `(${to.expression(only(suffix, fields, 'this', 'not').this)} IS ${suffix})`);

export const operators: Readonly<Record<string, Renderer>> = {
  add: infix('+'),
  sub: infix('-'),
  mul: viaMacro('multiply'),
  div: viaMacro('divide'),
  eq: infix('='),
  neq: infix('<>'),
  lt: infix('<'),
  lte: infix('<='),
  gt: infix('>'),
  gte: infix('>='),
  and: infix('AND'),
  or: infix('OR'),
  concat: infix('||'),
  null_safe_eq: infix('IS NOT DISTINCT FROM'),
  null_safe_neq: infix('IS DISTINCT FROM'),
  not: (fields, to) => `(NOT ${to.expression(only('NOT', fields, 'this').this)})`,
  neg: (fields, to) => `(- ${to.expression(only('-', fields, 'this').this)})`,
  paren: (fields, to) => `(${to.expression(only('parentheses', fields, 'this').this)})`,
  is_null: test('NULL'),
  is_true: test('TRUE'),
  is_false: test('FALSE'),
  like: (fields, to) => {
    const { left, right } = only('LIKE', fields, 'left', 'right');
    return `(${to.expression(left)} LIKE ${to.expression(right)} ESCAPE '\\')`;
  },
  between: (fields, to) => {
    const { this: value, low, high } = only('BETWEEN', fields, 'this', 'low', 'high', 'not');
    return negatable(
      fields,
      `(${to.expression(value)} BETWEEN ${to.expression(low)} AND ${to.expression(high)})`,
    );
  },
  in: (fields, to) => {
    only('IN', fields, 'this', 'expressions', 'query', 'unnest', 'not');
    const value = to.expression(fields.this);
    if (fields.unnest)
      return negatable(fields, call('in_array', value, to.expression(fields.unnest)));
    const among = fields.query
      ? to.query(fields.query)
      : listOf(fields.expressions).map(to.expression).join(', ');
    return negatable(fields, `(${value} IN (${among}))`);
  },
  exists: (fields, to) =>
    negatable(fields, `(EXISTS (${to.query(only('EXISTS', fields, 'this', 'not').this)}))`),
  tuple: (fields, to) =>
    `(${listOf(only('tuple', fields, 'expressions').expressions)
      .map(to.expression)
      .join(', ')})`,
  subquery: (fields, to) => `(${to.query({ subquery: fields })})`,
  column: (fields, to) => {
    only('column', fields, 'name', 'table', 'schema', 'catalog');
    const name = nameOf(fields.name);
    if (name.startsWith('@')) return to.parameter(name.slice(1));
    if (fields.schema || fields.catalog) throw refused(`the column path …${name}`, 'use an alias');
    return fields.table ? `${quoted(fields.table)}.${quoted(name)}` : quoted(name);
  },
  parameter: (fields) => {
    throw refused(`the parameter ${String(fields.name ?? '?')}`, 'parameters are written @name');
  },
  dot: (fields, to) => {
    const { this: whole, field } = only('field access', fields, 'this', 'field');
    return `(${to.expression(whole)}).${quoted(field)}`;
  },
  case: (fields, to) => {
    const { operand, whens, else_ } = only('CASE', fields, 'operand', 'whens', 'else_');
    const branches = listOf(whens).map((when) => {
      const [condition, value] = listOf(when);
      return `WHEN ${to.expression(condition)} THEN ${to.expression(value)}`;
    });
    const start = operand ? `CASE ${to.expression(operand)}` : 'CASE';
    return `(${[start, ...branches, `ELSE ${else_ ? to.expression(else_) : 'NULL'}`].join(' ')} END)`;
  },
  if_func: (fields, to) => {
    only('IF', fields, 'condition', 'true_value', 'false_value');
    const otherwise = fields.false_value ? to.expression(fields.false_value) : 'NULL';
    return `(CASE WHEN ${to.expression(fields.condition)} THEN ${to.expression(fields.true_value)} ELSE ${otherwise} END)`;
  },
};
