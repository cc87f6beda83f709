import { aggregates } from './aggregates.ts';
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
import { orderTerms } from './order.ts';

const bare =
  (duck: string): Renderer =>
  (fields) => {
    only(duck.toUpperCase(), fields);
    return `${duck}()`;
  };

const valued =
  (duck: string): Renderer =>
  (fields, to) => {
    only(duck.toUpperCase(), fields, 'this', 'offset', 'default', 'ignore_nulls');
    const args = [fields.this, fields.offset, fields.default].filter((arg) => arg);
    return `${duck}(${args.map(to.expression).join(', ')}${fields.ignore_nulls === true ? ' IGNORE NULLS' : ''})`;
  };

/** Functions that only make sense under OVER. */
const windowed: Readonly<Record<string, Renderer>> = {
  row_number: bare('row_number'),
  rank: bare('rank'),
  dense_rank: bare('dense_rank'),
  percent_rank: bare('percent_rank'),
  cume_dist: bare('cume_dist'),
  n_tile: (fields, to) =>
    `ntile(${to.expression(only('NTILE', fields, 'num_buckets').num_buckets)})`,
  lag: valued('lag'),
  lead: valued('lead'),
  first_value: valued('first_value'),
  last_value: valued('last_value'),
};

export const windows: Readonly<Record<string, Renderer>> = {
  window_function: (fields, to) => {
    const { this: inner, over } = only('OVER', fields, 'this', 'over');
    const [kind, content] = opened(inner);
    const render = windowed[kind] ?? aggregates[kind];
    if (render === undefined) throw refused(`${kind.toUpperCase()} OVER`);
    if (kind === 'array_agg' && content.limit) throw refused('ARRAY_AGG with LIMIT OVER');
    return `${render(content, to)} OVER ${overClause(over, to)}`;
  },
};

export function windowDefinition(node: unknown, to: Rendering): string {
  if (!isFields(node)) throw refused('a WINDOW');
  const { name, spec } = only('WINDOW', node, 'name', 'spec');
  return `${quoted(name)} AS ${windowText(spec, to)}`;
}

function overClause(over: unknown, to: Rendering): string {
  if (!isFields(over)) throw refused('OVER without a window');
  const isBareName =
    over.window_name &&
    !over.frame &&
    listOf(over.order_by).length + listOf(over.partition_by).length === 0;
  return isBareName ? quoted(over.window_name) : windowText(over, to);
}

function windowText(spec: unknown, to: Rendering): string {
  const fields = isFields(spec) ? spec : {};
  only('a window', fields, 'window_name', 'partition_by', 'order_by', 'frame');
  const partition = listOf(fields.partition_by).map(to.expression).join(', ');
  const order = orderTerms(fields.order_by, to);
  const parts = [
    fields.window_name ? quoted(fields.window_name) : '',
    partition === '' ? '' : `PARTITION BY ${partition}`,
    order === '' ? '' : `ORDER BY ${order}`,
    isFields(fields.frame) ? frameText(fields.frame, to) : '',
  ];
  return `(${parts.filter((part) => part !== '').join(' ')})`;
}

function frameText(frame: Fields, to: Rendering): string {
  const { kind, start, end } = only('a window frame', frame, 'kind', 'start', 'end');
  if (kind !== 'Rows' && kind !== 'Range') throw refused(`a ${String(kind).toUpperCase()} frame`);
  const from = boundary(start, to);
  const until = end ? boundary(end, to) : 'CURRENT ROW';
  return `${kind.toUpperCase()} BETWEEN ${from} AND ${until}`;
}

function boundary(bound: unknown, to: Rendering): string {
  if (bound === 'CurrentRow') return 'CURRENT ROW';
  if (bound === 'UnboundedPreceding') return 'UNBOUNDED PRECEDING';
  if (bound === 'UnboundedFollowing') return 'UNBOUNDED FOLLOWING';
  const side = kindOf(bound);
  if (!isFields(bound) || !/^(Preceding|Following)$/.test(side))
    throw refused('a window frame bound');
  return `${to.expression(bound[side])} ${side.toUpperCase()}`;
}
