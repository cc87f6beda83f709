import { fromClause } from './from.ts';
import {
  type Fields,
  isFields,
  kindOf,
  listOf,
  nameOf,
  only,
  opened,
  quoted,
  type Rendering,
  refused,
} from './node.ts';
import { orderTerms, ordinalOr } from './order.ts';
import { windowDefinition } from './windows.ts';

const TAIL = ['with', 'order_by', 'limit', 'offset'];

/** A SELECT, a set operation, or one of them in parentheses. */
export function queryText(node: unknown, to: Rendering): string {
  const [kind, fields] = opened(node);
  switch (kind) {
    case 'select':
      return selectText(fields, to);
    case 'union':
    case 'except':
    case 'intersect':
      return setOperation(kind, fields, to);
    case 'subquery': {
      only('a subquery', fields, 'this', ...TAIL);
      return `${withText(fields, to)}(${queryText(fields.this, to)})${tailText(fields, to)}`;
    }
    default:
      throw refused(
        `a ${kind.replaceAll('_', ' ').toUpperCase()} statement`,
        'one SELECT is expected',
      );
  }
}

function selectText(fields: Fields, to: Rendering): string {
  only(
    'SELECT',
    fields,
    ...TAIL,
    'expressions',
    'distinct',
    'from',
    'joins',
    'where_clause',
    'group_by',
    'having',
    'qualify',
    'windows',
    'kind',
  );
  if (fields.kind) throw refused(`SELECT AS ${fields.kind}`);
  const start = withText(fields, to);
  const outputs = listOf(fields.expressions).map((output) => outputText(output, to));
  const windows = listOf(fields.windows).map((window) => windowDefinition(window, to));
  const parts = [
    `${start}SELECT ${fields.distinct === true ? 'DISTINCT ' : ''}${outputs.join(', ')}`,
    fromClause(fields, to),
    clause('WHERE', fields.where_clause, to),
    groupText(fields, to),
    clause('HAVING', fields.having, to),
    windows.length === 0 ? '' : `WINDOW ${windows.join(', ')}`,
    clause('QUALIFY', fields.qualify, to),
  ];
  return parts.filter((part) => part !== '').join(' ') + tailText(fields, to);
}

function setOperation(kind: string, fields: Fields, to: Rendering): string {
  only(kind.toUpperCase(), fields, ...TAIL, 'left', 'right', 'all', 'distinct');
  if (fields.all !== true && fields.distinct !== true)
    throw refused(`a bare ${kind.toUpperCase()}`, 'say ALL or DISTINCT');
  if (fields.all === true && kind !== 'union') throw refused(`${kind.toUpperCase()} ALL`);
  const start = withText(fields, to);
  const operator = `${kind.toUpperCase()}${fields.all === true ? ' ALL' : ''}`;
  return `${start}(${queryText(fields.left, to)}) ${operator} (${queryText(fields.right, to)})${tailText(fields, to)}`;
}

function withText(fields: Fields, to: Rendering): string {
  if (!isFields(fields.with)) return '';
  const { ctes, recursive } = only('WITH', fields.with, 'ctes', 'recursive');
  if (recursive === true) throw refused('WITH RECURSIVE');
  const texts = listOf(ctes).map((cte) => {
    if (!isFields(cte)) throw refused('a WITH entry');
    const { alias, this: query } = only('WITH', cte, 'alias', 'this');
    const text = queryText(query, to);
    to.nameCommonTable(nameOf(alias));
    return `${quoted(alias)} AS (${text})`;
  });
  return `WITH ${texts.join(', ')} `;
}

function outputText(node: unknown, to: Rendering): string {
  const [kind, fields] = opened(node);
  if (kind === 'star') return starText(fields, to);
  if (kind !== 'alias') return to.expression(node);
  const { this: value, alias } = only('AS', fields, 'this', 'alias');
  return `${to.expression(value)} AS ${quoted(alias)}`;
}

function starText(fields: Fields, to: Rendering): string {
  const { table, except, replace } = only('*', fields, 'table', 'except', 'replace');
  const without = listOf(except).map(quoted);
  const instead = listOf(replace).map((entry) =>
    outputText(isFields(entry) && kindOf(entry) === 'alias' ? entry : { alias: entry }, to),
  );
  return [
    table ? `${quoted(table)}.*` : '*',
    without.length === 0 ? '' : ` EXCLUDE (${without.join(', ')})`,
    instead.length === 0 ? '' : ` REPLACE (${instead.join(', ')})`,
  ].join('');
}

function clause(keyword: string, node: unknown, to: Rendering): string {
  if (!isFields(node)) return '';
  return `${keyword} ${to.expression(only(keyword, node, 'this').this)}`;
}

function groupText({ group_by, expressions: outputs }: Fields, to: Rendering): string {
  if (!isFields(group_by)) return '';
  const { all, expressions } = only('GROUP BY', group_by, 'all', 'expressions');
  for (const term of listOf(expressions)) refuseTwoMeanings(term, listOf(outputs));
  if (all === true) return 'GROUP BY ALL';
  return `GROUP BY ${listOf(expressions)
    .map((term) => ordinalOr(term, to))
    .join(', ')}`;
}

function tailText(fields: Fields, to: Rendering): string {
  const { order_by, limit, offset } = fields;
  const order = isFields(order_by)
    ? orderTerms(only('ORDER BY', order_by, 'expressions').expressions, to)
    : '';
  return [
    order === '' ? '' : ` ORDER BY ${order}`,
    limit ? ` LIMIT ${amount(limit, to)}` : '',
    offset ? ` OFFSET ${amount(offset, to)}` : '',
  ].join('');
}

/** A set operation keeps its limit bare, a SELECT wraps it. */
function amount(node: unknown, to: Rendering): string {
  const isWrapped = isFields(node) && 'this' in node;
  return to.expression(isWrapped ? only('LIMIT', node, 'this').this : node);
}

/** `SELECT DATE_TRUNC(day, MONTH) AS day … GROUP BY day`: the engines disagree which day is meant. */
function refuseTwoMeanings(term: unknown, outputs: readonly unknown[]): void {
  const [kind, column] = opened(term);
  if (kind !== 'column' || column.table) return;
  const name = nameOf(column.name).toLowerCase();
  for (const output of outputs) {
    const [outputKind, { this: value, alias }] = opened(output);
    if (outputKind !== 'alias' || nameOf(alias).toLowerCase() !== name) continue;
    if (kindOf(value) !== 'column' && mentions(value, name)) {
      throw refused(
        `GROUP BY ${name} where ${name} is a column and another output`,
        'write GROUP BY 1',
      );
    }
  }
}

function mentions(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((each) => mentions(each, name));
  if (!isFields(node)) return false;
  if (isFields(node.column) && nameOf(node.column.name).toLowerCase() === name) return true;
  return Object.values(node).some((each) => mentions(each, name));
}
