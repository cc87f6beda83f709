import type { z } from 'zod';
import type { Check } from '../core/check.ts';
import type { Column, ColumnType } from '../core/column.ts';
import { normalize, parseDaySet } from '../core/day-set.ts';
import { parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { parsePhaseName, parseTableName } from '../core/ids.ts';
import { parsePercent } from '../core/percent.ts';
import type { LoadMapping, Need, Pipeline, Source, Table, Waiver } from '../core/pipeline.ts';
import type { checkSchema, PipelineDocument } from './pipeline-schema.ts';

type SourceDocument = PipelineDocument['sources'][number];
type PhaseDocument = PipelineDocument['phases'][number];
type TableDocument = PhaseDocument['tables'][number];
type CheckDocument = z.output<typeof checkSchema>;

/** Turns a document that the schema accepted into the value that the rest of the system reads. */
export function buildPipeline(document: PipelineDocument): Pipeline {
  return {
    name: document.pipeline,
    timeZone: document.timeZone,
    calendar: buildCalendar(document.calendar),
    waivers: document.waivers.map(buildWaiver),
    retry: document.retry,
    parallelTables: document.parallelTables,
    sources: document.sources.map(buildSource),
    phases: document.phases.map((phase) => ({
      name: parsePhaseName(phase.name),
      tables: phase.tables.map((table) => buildTable(table, phase)),
    })),
  };
}

function buildCalendar(calendar: PipelineDocument['calendar']): Pipeline['calendar'] {
  return {
    ...calendar,
    schedule: parseTableName(calendar.schedule),
    seasonStarts: Object.entries(calendar.seasonStarts).map(([season, start]) => ({
      season: Number(season),
      start: parseDay(start),
    })),
    exclusions: calendar.exclusions.map(({ days, seasonTypes, reason }) => ({
      days: days === undefined ? null : parseDaySet(days),
      seasonTypes: seasonTypes ?? [],
      reason,
    })),
  };
}

function buildWaiver(waiver: PipelineDocument['waivers'][number]): Waiver {
  return {
    ...waiver,
    table: parseTableName(waiver.table),
    days: parseDaySet(waiver.days),
    until: parseDay(waiver.until),
  };
}

function buildSource(source: SourceDocument): Source {
  return {
    name: parseTableName(source.name),
    key: source.key,
    dayColumn: source.day ?? null,
    columns: buildColumns(source.columns),
    requireDayFilter: source.requireDayFilter,
    fallback: source.fallback ?? null,
    load: source.load === undefined ? null : buildLoad(source.load, source),
  };
}

function buildLoad(load: NonNullable<SourceDocument['load']>, source: SourceDocument): LoadMapping {
  const renamed = Object.keys(source.columns).map(
    (column) => `\`${load.rename[column] ?? column}\` AS \`${column}\``,
  );
  return {
    file: load.file,
    columns: buildColumns(load.columns),
    select:
      load.select ?? `SELECT\n  ${renamed.join(',\n  ')}\nFROM \`phasegate_staging.${load.file}\``,
  };
}

function buildTable(table: TableDocument, phase: PhaseDocument): Table {
  return {
    name: parseTableName(table.name),
    phase: parsePhaseName(phase.name),
    key: table.key,
    dayColumn: table.day,
    columns: buildColumns(table.columns),
    requireDayFilter: table.requireDayFilter,
    needs: table.needs.map((need) => buildNeed(need, table.name)),
    bootstrapDays: table.bootstrapDays,
    job: table.job,
    checks: table.checks.map((check) => buildCheck(check, table)),
  };
}

function buildNeed(need: TableDocument['needs'][number], table: string): Need {
  const of = parseTableName(need.of);
  const given = [need.window, need.games, need.days].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw new PhasegateError(
      'invalid-input',
      `${table} needs ${of} with ${given.length} windows; accepted: exactly one of window: same-day, games: N, days: N`,
    );
  }
  if (need.games !== undefined) return { of, window: { kind: 'games', games: need.games } };
  if (need.days !== undefined) return { of, window: { kind: 'days', days: need.days } };
  return { of, window: { kind: 'same-day' } };
}

function buildColumns(columns: Readonly<Record<string, string>>): Column[] {
  return Object.entries(columns).map(([name, text]) => ({
    name,
    type: text.replace(/!$/, '') as ColumnType,
    required: text.endsWith('!'),
  }));
}

function buildCheck(check: CheckDocument, table: TableDocument): Check {
  const spans = check.applies === undefined ? [] : parseDaySet(check.applies);
  const base = { id: check.id, severity: check.severity, applies: normalize(spans)[0] ?? null };
  switch (check.kind) {
    case 'day-coverage':
      return { ...base, kind: check.kind, atLeast: parsePercent(check.atLeastPercent) };
    case 'grain-coverage':
      return {
        ...base,
        kind: check.kind,
        grain: check.grain,
        game: check.game ?? null,
        team: check.team ?? null,
        ...thresholds(check),
      };
    case 'row-count':
      return { ...base, kind: check.kind, per: buildRowBounds(check) };
    case 'distinct-games':
      return { ...base, kind: check.kind, game: check.game, atLeast: check.atLeast };
    case 'unique':
      return { ...base, kind: check.kind, columns: check.columns ?? table.key };
    case 'not-null':
      return { ...base, kind: check.kind, column: check.column, ...share(check) };
    case 'range': {
      const { column, min = null, max = null } = check;
      return { ...base, kind: check.kind, column, min, max, ...share(check) };
    }
    case 'category-share':
      return {
        ...base,
        kind: check.kind,
        column: check.column,
        values: check.values,
        ...share(check),
      };
    case 'identity': {
      const { left, right, tolerance } = check;
      return { ...base, kind: check.kind, left, right, tolerance, ...share(check) };
    }
    case 'production-ready': {
      const { tier, score, issues } = check;
      return { ...base, kind: check.kind, tier, score, issues, ...share(check) };
    }
  }
}

function buildRowBounds(check: Extract<CheckDocument, { kind: 'row-count' }>) {
  const percent = (value: number | undefined) => (value === undefined ? null : parsePercent(value));
  const isCount = check.of === 'range' || check.of === 'game';
  const strangers = isCount
    ? [check.atLeastPercent, check.atMostPercent]
    : [check.atLeast, check.atMost];
  if (strangers.some((bound) => bound !== undefined)) {
    throw new PhasegateError(
      'invalid-input',
      `check ${check.id} counts rows of: ${check.of}; accepted: ${isCount ? 'atLeast, atMost' : 'atLeastPercent, atMostPercent'}`,
    );
  }
  if (check.of === 'range' || check.of === 'game') {
    return { of: check.of, atLeast: check.atLeast ?? null, atMost: check.atMost ?? null } as const;
  }
  return {
    of: 'table',
    table: parseTableName(check.of),
    atLeast: percent(check.atLeastPercent),
    atMost: percent(check.atMostPercent),
  } as const;
}

function share(check: {
  where?: string | undefined;
  atLeastPercent: number;
  perDayPercent?: number | undefined;
}) {
  return { where: check.where ?? null, ...thresholds(check) };
}

function thresholds(check: { atLeastPercent: number; perDayPercent?: number | undefined }) {
  return {
    atLeast: parsePercent(check.atLeastPercent),
    perDay: parsePercent(check.perDayPercent ?? check.atLeastPercent),
  };
}
