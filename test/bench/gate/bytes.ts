import { bytesOfOneValue } from '../../../shared/adapters/local/bigquery/types.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import { type DaySet, hasDay } from '../../../shared/core/day-set.ts';
import { type Day, parseDay } from '../../../shared/core/days.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import type { Relation } from '../../../shared/core/relation.ts';
import type { DayState, Statement } from '../../../shared/ports/warehouse.ts';
import { type Analyzer, openAnalyzer } from '../../googlesql/analyzer.ts';
import { NoAnalyzer } from '../../googlesql/analyzer-server.ts';
import { catalogOf } from '../../googlesql/catalog.ts';
import type { Figures } from '../figures.ts';
import type { Sent } from './observed-warehouse.ts';
import { statementsOfCheck } from './one-check.ts';

const MAX_RATIO = 1.05;

export type BytesAsked = Readonly<{
  pipeline: Pipeline;
  relation: Relation;
  /** The days that had to be read. */
  days: DaySet;
  /** What the gate sent to read the relation's own rows. */
  scans: readonly Sent[];
  /** What the warehouse says of the relation's days. */
  states: readonly DayState[];
}>;

/**
 * Bytes of each scan against those of the columns that its checks need on the days that were needed:
 * those of their definitions and of one statement a check. Columns read come from Google's analyzer, sizes from BigQuery's published sizes of its types, days from
 * the statement's own parameters. Without the analyzer the local server's columns stand in, unbounded.
 */
export async function bytesOfScans(asked: BytesAsked, figures: Figures): Promise<void> {
  const { relation, days, scans, states } = asked;
  const own = `bytes of ${relation.name}`;
  const said = scans.reduce((sum, { bytesProcessed }) => sum + bytesProcessed, 0);
  let analyzer: Analyzer;
  try {
    analyzer = await openAnalyzer();
  } catch (error) {
    if (!(error instanceof NoAnalyzer)) throw error;
    console.warn(`bench: bytes are NOT CHECKED: ${error.message}`);
    const declared = new Set(relation.columns.map(({ name }) => name));
    const whole = rowsOn(states, days) * widthOf(relation, declared);
    figures.notChecked(`${own}: read / needed`, error.message);
    figures.add(`${own}: the local server says`, said / 1e6, 'MB');
    figures.add(`${own}: the local server says / all columns`, said / whole, 'x');
    return;
  }
  try {
    const columns = (statement: Statement) => columnsOf(analyzer, asked, statement);
    const needs = await neededByCheck(columns, relation, days);
    let read = 0;
    const neededAtAll = new Set<string>();
    for (const { statement } of scans) {
      if (statement === null) continue;
      const actual = await columns(statement);
      const served = needs.filter(
        ({ parts }) => parts.length > 0 && parts.every((part) => statement.sql.includes(part)),
      );
      const needed = new Set([relation.dayColumn, ...served.flatMap((each) => [...each.columns])]);
      for (const column of needed) neededAtAll.add(column);
      const asRead = rowsOn(states, spansOf(statement)) * widthOf(relation, actual);
      const asNeeded = rowsOn(states, days) * widthOf(relation, needed);
      read += asRead;
      const which = statement.sql.includes('UNION ALL') ? 'groups and uniqueness' : 'fused scan';
      const note = `${actual.size} columns read, ${needed.size} needed by ${served.length} checks: by their definitions, and as the analyzer reads one statement a check`;
      figures.add(`${own}: ${which}, read / needed`, asRead / asNeeded, 'x', {
        atMost: MAX_RATIO,
        note,
      });
    }
    const once = rowsOn(states, days) * widthOf(relation, neededAtAll);
    figures.add(`${own}: both statements, read / each needed column once`, read / once, 'x');
    figures.add(`${own}: the local server says / the analyzer's columns`, said / read, 'x');
  } finally {
    analyzer.close();
  }
}

/** What each check needs by its definition and by what the analyzer sees in it alone. */
async function neededByCheck(
  columnsRead: (statement: Statement) => Promise<ReadonlySet<string>>,
  relation: Relation,
  days: DaySet,
) {
  return Promise.all(
    relation.checks.map(async (check) => {
      const found = new Set(kindOf(check).columns(check));
      const { own } = kindOf(check).reads(check);
      const finer = own.filter(({ kind }) => kind !== 'measure');
      for (const statement of statementsOfCheck(relation, check, days)) {
        for (const column of await columnsRead(statement)) found.add(column);
      }
      const parts = (finer.length > 0 ? finer : own).flatMap((item): readonly string[] => {
        if (item.kind === 'measure') return [item.sql];
        if (item.kind === 'groups') return item.values;
        if (item.kind === 'unique') return [item.columns.map((name) => `\`${name}\``).join(', ')];
        return [];
      });
      return { columns: found, parts };
    }),
  );
}

async function columnsOf(
  analyzer: Analyzer,
  { pipeline, relation }: BytesAsked,
  { sql, params }: Statement,
): Promise<ReadonlySet<string>> {
  const types = Object.entries(params).map(([name, { type }]) => [name, type] as const);
  const analysis = await analyzer.analyze(
    { sql, paramTypes: Object.fromEntries(types) },
    catalogFor(pipeline),
  );
  if (!analysis.accepted)
    throw new Error(`the analyzer refuses a scan: ${analysis.reason}\n${sql}`);
  return new Set(analysis.reads.get(relation.name) ?? []);
}

const catalogs = new WeakMap<Pipeline, ReturnType<typeof catalogOf>>();

function catalogFor(pipeline: Pipeline): ReturnType<typeof catalogOf> {
  const known = catalogs.get(pipeline) ?? catalogOf(pipeline);
  catalogs.set(pipeline, known);
  return known;
}

function widthOf({ columns }: Relation, names: ReadonlySet<string>): number {
  return columns
    .filter(({ name }) => names.has(name))
    .reduce((sum, { name, type }) => sum + bytesOfOneValue({ name, type }), 0);
}

function rowsOn(states: readonly DayState[], days: DaySet): number {
  return states
    .filter(({ day }) => day !== null && hasDay(days, day))
    .reduce((sum, { rows }) => sum + rows, 0);
}

/** The days that a statement's parameters name. */
export function spansOf({ params }: Statement): DaySet {
  const dayOf = (name: string): Day => parseDay(String(params[name]?.value));
  return Object.keys(params)
    .filter((name) => /^from\d+$/.test(name))
    .map((name) => ({ from: dayOf(name), to: dayOf(name.replace('from', 'to')) }));
}
