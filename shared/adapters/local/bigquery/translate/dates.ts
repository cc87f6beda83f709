import { call } from './call.ts';
import { isFields, kindOf, literalText, only, opened, type Rendering, refused } from './node.ts';

type Function = (args: readonly unknown[], to: Rendering, name: string) => string;

const DATE_PARTS = ['DAY', 'MONTH', 'QUARTER', 'YEAR'];
const TIME_PARTS = ['SECOND', 'MINUTE', 'HOUR', 'DAY'];

const asDate = (text: string) => `(CAST(${text} AS DATE))`;

/** `DATE_ADD(day, INTERVAL n PART)`: a DATE again, not a TIMESTAMP as DuckDB would have it. */
const shiftDate =
  (sign: '+' | '-'): Function =>
  ([day, by], to, name) => {
    const { count, part } = interval(by, to, name);
    if (part === 'DAY') return `(${asDate(to.expression(day))} ${sign} CAST(${count} AS INTEGER))`;
    if (part === 'WEEK')
      return `(${asDate(to.expression(day))} ${sign} CAST(7 * ${count} AS INTEGER))`;
    const months = { MONTH: 1, QUARTER: 3, YEAR: 12 }[part];
    if (months === undefined) throw refused(`${name} by ${part}`);
    const shift = `to_months(CAST(${months} * ${count} AS INTEGER))`;
    return asDate(`${asDate(to.expression(day))} ${sign} ${shift}`);
  };

const shiftInstant =
  (sign: '+' | '-'): Function =>
  ([instant, by], to, name) => {
    const { count, part } = interval(by, to, name);
    const seconds = { SECOND: 1, MINUTE: 60, HOUR: 3600, DAY: 86_400 }[part];
    if (seconds === undefined) throw refused(`${name} by ${part}`);
    return `(${to.expression(instant)} ${sign} to_seconds(${seconds} * ${count}))`;
  };

export const dateFunctions: Readonly<Record<string, Function>> = {
  DATE_ADD: shiftDate('+'),
  DATE_SUB: shiftDate('-'),
  TIMESTAMP_ADD: shiftInstant('+'),
  TIMESTAMP_SUB: shiftInstant('-'),
  DATE_DIFF: ([later, earlier, part], to, name) =>
    `date_diff('${partOf(part, DATE_PARTS, name).toLowerCase()}', ${asDate(to.expression(earlier))}, ${asDate(to.expression(later))})`,
  /** Whole intervals between two instants, where DATE_DIFF counts boundaries. */
  TIMESTAMP_DIFF: ([later, earlier, part], to, name) =>
    `date_sub('${partOf(part, TIME_PARTS, name).toLowerCase()}', ${to.expression(earlier)}, ${to.expression(later)})`,
  DATE_TRUNC: ([day, part], to, name) => {
    const value = asDate(to.expression(day));
    const unit = partOf(part, [...DATE_PARTS, 'WEEK', 'ISOWEEK', 'WEEK(MONDAY)'], name);
    if (unit === 'WEEK') return `(${asDate(`date_trunc('week', ${value} + 1)`)} - 1)`;
    return asDate(`date_trunc('${/WEEK/.test(unit) ? 'week' : unit.toLowerCase()}', ${value})`);
  },
  DATE: (args, to, name) => {
    if (args.length === 1) return asDate(to.expression(args[0]));
    if (args.length !== 3 || args.some((arg) => kindOf(arg) === 'literal' && isText(arg))) {
      throw refused(`${name} with a time zone`);
    }
    return `make_date(${args.map(to.expression).join(', ')})`;
  },
  PARSE_DATE: ([format, text], to, name) => {
    const shape = literalText(format, `a format of ${name}`).replaceAll('%F', '%Y-%m-%d');
    if (!['%Y-%m-%d', '%Y%m%d', '%m/%d/%Y'].includes(shape))
      throw refused(`${name} with '${shape}'`);
    return asDate(`strptime(${to.expression(text)}, '${shape}')`);
  },
  FORMAT_DATE: ([format, day], to, name) => {
    const shape = literalText(format, `a format of ${name}`).replaceAll('%F', '%Y-%m-%d');
    if (!/^(%[Ymd]|[-/_. ])*$/.test(shape)) throw refused(`${name} with '${shape}'`);
    const value = asDate(to.expression(day));
    return shape === '%Y%m%d' ? call('compact_day', value) : `strftime(${value}, '${shape}')`;
  },
  UNIX_DATE: ([day], to) => `date_diff('day', DATE '1970-01-01', ${asDate(to.expression(day))})`,
  UNIX_MILLIS: ([instant], to) => `epoch_ms(${to.expression(instant)})`,
  GENERATE_DATE_ARRAY: ([from, until, step], to, name) => {
    const { count, part } = step ? interval(step, to, name) : { count: '1', part: 'DAY' };
    const days = { DAY: 1, WEEK: 7 }[part];
    if (days === undefined) throw refused(`${name} by ${part}`);
    return `CAST(generate_series(${asDate(to.expression(from))}, ${asDate(to.expression(until))}, to_days(CAST(${days} * ${count} AS INTEGER))) AS DATE[])`;
  },
  CURRENT_TIMESTAMP: () => 'now()',
  CURRENT_DATE: (args) => {
    if (args.length > 0) throw refused('CURRENT_DATE with a time zone');
    return 'CAST(now() AS DATE)';
  },
};

const EXTRACTED: Readonly<Record<string, string>> = {
  Year: 'year',
  Month: 'month',
  Day: 'day',
  Quarter: 'quarter',
  Hour: 'hour',
  Minute: 'minute',
  Second: 'second',
  DayOfYear: 'doy',
};

export const dateNodes = {
  extract: (fields: Readonly<Record<string, unknown>>, to: Rendering): string => {
    const { this: value, field } = only('EXTRACT', fields, 'this', 'field');
    const text = to.expression(value);
    if (field === 'DayOfWeek') return `(extract(dow FROM ${text}) + 1)`;
    if (field === 'Date') return asDate(text);
    const part = EXTRACTED[String(field)];
    if (part === undefined) throw refused(`EXTRACT of ${partName(field)}`);
    return `extract(${part} FROM ${text})`;
  },
  timestamp: (fields: Readonly<Record<string, unknown>>, to: Rendering): string => {
    const { this: value } = only('TIMESTAMP', fields, 'this', 'with_tz');
    return `(CAST(${to.expression(value)} AS TIMESTAMPTZ))`;
  },
};

function interval(node: unknown, to: Rendering, name: string): { count: string; part: string } {
  const [kind, fields] = opened(node);
  if (kind !== 'interval') throw refused(`${name} without INTERVAL n PART`);
  const { this: count, unit } = only('INTERVAL', fields, 'this', 'unit');
  const simple = isFields(unit) && unit.type === 'simple' ? String(unit.unit).toUpperCase() : '?';
  const [countKind, literal] = opened(count);
  const written = countKind === 'literal' && literal.literal_type === 'string';
  if (written && !/^-?\d+$/.test(String(literal.value)))
    throw refused(`INTERVAL '${literal.value}'`);
  return { count: written ? String(literal.value) : `(${to.expression(count)})`, part: simple };
}

function partOf(node: unknown, known: readonly string[], name: string): string {
  const part = partName(node);
  if (!known.includes(part)) throw refused(`${name} by ${part}`, `known: ${known.join(', ')}`);
  return part;
}

function partName(node: unknown): string {
  if (typeof node === 'string') return node.toUpperCase();
  if (isFields(node) && isFields(node.Custom)) return String(node.Custom);
  const [kind, fields] = opened(node);
  if (kind === 'var') return String(fields.this).toUpperCase();
  if (kind === 'column' && isFields(fields.name)) return String(fields.name.name).toUpperCase();
  if (kind === 'function') {
    const [day] = Array.isArray(fields.args) ? fields.args : [];
    return `${String(fields.name).toUpperCase()}(${day ? partName(day) : ''})`;
  }
  return `a ${kind}`;
}

function isText(node: unknown): boolean {
  return /string/.test(String(opened(node)[1].literal_type));
}
