import { type QueryParameter, scalarValue } from './parameters.ts';
import { type Fields, isFields, kindOf, listOf, nameOf, opened } from './translate/node.ts';

/** First and last day a statement asks for; null where it leaves an end open or unknown. */
export type DayRange = Readonly<{ from: string | null; to: string | null }>;

/** What a condition says about the day, given how to recognise its column and read a constant. */
type Reading = Readonly<{
  isDay: (node: unknown) => boolean;
  dayOf: (node: unknown) => string | null;
}>;

/** The days to which conditions, all of them true, limit a bare day column; null when none does. */
export function dayFilter(
  conditions: readonly unknown[],
  alias: string,
  dayColumn: string,
  parameters: readonly QueryParameter[],
): readonly DayRange[] | null {
  const isDay = (node: unknown) => {
    const [kind, fields] = opened(node);
    const isNamed = kind === 'column' && isSame(nameOf(fields.name), dayColumn);
    return isNamed && (!fields.table || isSame(nameOf(fields.table), alias));
  };
  const reading = { isDay, dayOf: (node: unknown) => constantDay(node, parameters) };
  return allOf(conditions, reading);
}

function allOf(conditions: readonly unknown[], reading: Reading): readonly DayRange[] | null {
  const limits = conditions
    .map((condition) => limitsOf(condition, reading))
    .filter((ranges) => ranges !== null);
  return limits.length === 0 ? null : limits.reduce(intersection);
}

function limitsOf(condition: unknown, reading: Reading): readonly DayRange[] | null {
  const [kind, fields] = opened(condition);
  const { isDay, dayOf } = reading;
  switch (kind) {
    case 'paren':
      return limitsOf(fields.this, reading);
    case 'and':
      return allOf([fields.left, fields.right], reading);
    case 'or': {
      const left = limitsOf(fields.left, reading);
      const right = limitsOf(fields.right, reading);
      return left && right && [...left, ...right];
    }
    case 'boolean':
      return fields.value === true ? null : [];
    case 'between': {
      const isLimit = isDay(fields.this) && fields.not !== true;
      return isLimit && isConstant(fields.low) && isConstant(fields.high)
        ? [{ from: dayOf(fields.low), to: dayOf(fields.high) }]
        : null;
    }
    case 'in':
      return amongst(fields, reading);
    default:
      return compared(kind, fields, reading);
  }
}

function amongst(fields: Fields, { isDay, dayOf }: Reading): readonly DayRange[] | null {
  if (!isDay(fields.this) || fields.not === true) return null;
  const listed = listOf(fields.expressions);
  if (listed.length > 0 && listed.every(isConstant)) {
    return listed.map((node) => ({ from: dayOf(node), to: dayOf(node) }));
  }
  return fields.unnest && isConstant(fields.unnest) ? [{ from: null, to: null }] : null;
}

const MIRRORED: Readonly<Record<string, string>> = {
  lt: 'gt',
  lte: 'gte',
  gt: 'lt',
  gte: 'lte',
  eq: 'eq',
};

function compared(kind: string, fields: Fields, reading: Reading): readonly DayRange[] | null {
  const { left, right } = fields;
  const mirrored = MIRRORED[kind];
  if (mirrored === undefined) return null;
  if (reading.isDay(right) && !reading.isDay(left)) {
    return compared(mirrored, { left: right, right: left }, reading);
  }
  if (!reading.isDay(left) || !isConstant(right)) return null;
  const day = reading.dayOf(right);
  if (kind === 'eq') return [{ from: day, to: day }];
  return kind.startsWith('g') ? [{ from: day, to: null }] : [{ from: null, to: day }];
}

export function intersection(
  some: readonly DayRange[],
  others: readonly DayRange[],
): readonly DayRange[] {
  return some.flatMap((one) =>
    others
      .map((other) => ({ from: later(one.from, other.from), to: earlier(one.to, other.to) }))
      .filter(({ from, to }) => from === null || to === null || from <= to),
  );
}

const later = (one: string | null, other: string | null) =>
  one !== null && other !== null ? (one > other ? one : other) : (one ?? other);
const earlier = (one: string | null, other: string | null) =>
  one !== null && other !== null ? (one < other ? one : other) : (one ?? other);
const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** An expression that reads no column and asks no query. */
function isConstant(node: unknown): boolean {
  if (Array.isArray(node)) return node.every(isConstant);
  if (!isFields(node)) return true;
  if (/^(select|subquery|union)$/.test(kindOf(node))) return false;
  if (isFields(node.column)) return nameOf(node.column.name).startsWith('@');
  return Object.values(node).every(isConstant);
}

function constantDay(node: unknown, parameters: readonly QueryParameter[]): string | null {
  const [kind, fields] = opened(node);
  if (kind === 'literal') return String(fields.value);
  if (kind === 'cast') return constantDay(fields.this, parameters);
  return kind === 'column' ? scalarValue(parameters, nameOf(fields.name).slice(1)) : null;
}
