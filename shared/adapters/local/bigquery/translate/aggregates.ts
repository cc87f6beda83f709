import { call } from './call.ts';
import {
  type Fields,
  isFields,
  kindOf,
  listOf,
  only,
  opened,
  type Renderer,
  type Rendering,
} from './node.ts';
import { orderTerms } from './order.ts';

const simple =
  (duck: string, wrap: (text: string) => string = (text) => text): Renderer =>
  (fields, to) => {
    const { this: value, distinct } = only(duck.toUpperCase(), fields, 'this', 'distinct', 'name');
    return `${duck}(${distinct ? 'DISTINCT ' : ''}${wrap(to.expression(value))})`;
  };

export const aggregates: Readonly<Record<string, Renderer>> = {
  count: (fields, to) => {
    const {
      this: value,
      distinct,
      star,
    } = only('COUNT', fields, 'this', 'distinct', 'star', 'name');
    if (star === true) return 'count(*)';
    const [kind, { this: tested, not }] = distinct ? ['', {} as Fields] : onlyCondition(value);
    const counted = kind === 'is_null' && not === true ? tested : value;
    return `count(${distinct ? 'DISTINCT ' : ''}${to.expression(counted)})`;
  },
  /** Zero over zero rows, where DuckDB's own count_if is NULL. */
  count_if: (fields, to) =>
    `count(CASE WHEN ${to.expression(only('COUNTIF', fields, 'this', 'name').this)} THEN 1 END)`,
  sum: simple('sum'),
  avg: simple('avg', (text) => call('average_of', text)),
  min: simple('min'),
  max: simple('max'),
  stddev: simple('stddev_samp'),
  stddev_samp: simple('stddev_samp'),
  stddev_pop: simple('stddev_pop'),
  variance: simple('var_samp'),
  var_samp: simple('var_samp'),
  var_pop: simple('var_pop'),
  any_value: simple('any_value'),
  logical_and: simple('bool_and'),
  logical_or: simple('bool_or'),
  array_agg: (fields, to) => {
    only('ARRAY_AGG', fields, 'this', 'distinct', 'order_by', 'ignore_nulls', 'limit', 'name');
    const value = to.expression(fields.this);
    const list = `list(${aggregated(fields, value, to)})${fields.ignore_nulls === true ? ` FILTER (WHERE ${value} IS NOT NULL)` : ''}`;
    return fields.limit ? `(${list})[1:${to.expression(fields.limit)}]` : list;
  },
  string_agg: (fields, to) => {
    only('STRING_AGG', fields, 'this', 'separator', 'distinct', 'order_by', 'name');
    const separator = fields.separator ? to.expression(fields.separator) : "','";
    const order = orderTerms(fields.order_by, to);
    return `string_agg(${fields.distinct ? 'DISTINCT ' : ''}${to.expression(fields.this)}, ${separator}${order === '' ? '' : ` ORDER BY ${order}`})`;
  },
};

function aggregated(fields: Fields, value: string, to: Rendering): string {
  const order = orderTerms(fields.order_by, to);
  return `${fields.distinct ? 'DISTINCT ' : ''}${value}${order === '' ? '' : ` ORDER BY ${order}`}`;
}

/**
 * The same counts where they stand by themselves and not under OVER: a condition is counted as one,
 * which costs less than a CASE. DuckDB's count_if of no rows is NULL, and its type is not INT64.
 */
export const plainCounts: Readonly<Record<string, Renderer>> = {
  count: (fields, to) => {
    const plain = aggregates.count!(fields, to);
    if (fields.distinct) return plain;
    const [kind, condition] = onlyCondition(fields.this);
    const isSimple = kind === '' || (kind === 'is_null' && condition.not === true);
    return isSimple ? plain : countedRows(to.expression({ [kind]: condition }));
  },
  count_if: (fields, to) =>
    countedRows(to.expression(only('COUNTIF', fields, 'this', 'name').this)),
};

function countedRows(condition: string): string {
  return `CAST(coalesce(count_if(CAST(${condition} AS BOOLEAN)), 0) AS BIGINT)`;
}

/** The condition of `CASE WHEN condition THEN 1 END`, where nothing else is; otherwise no kind of node. */
function onlyCondition(node: unknown): ReturnType<typeof opened> {
  const none = ['', {}] as const;
  if (!isFields(node) || !isFields(node.case)) return none;
  const { operand, whens, else_ } = node.case;
  const [when, ...others] = listOf(whens);
  const [condition, value] = listOf(when);
  if (operand || else_ || others.length > 0 || kindOf(value) !== 'literal') return none;
  return withoutParentheses(condition);
}

function withoutParentheses(node: unknown): ReturnType<typeof opened> {
  const [kind, fields] = opened(node);
  return kind === 'paren' ? withoutParentheses(fields.this) : [kind, fields];
}
