import type { Column, ColumnType } from '../core/column.ts';
import { parseDaySet } from '../core/day-set.ts';
import { parseDay } from '../core/days.ts';
import { type Due, WHEN_OVER } from '../core/due.ts';
import { parsePhaseName, parseTableName } from '../core/ids.ts';
import type {
  Gate,
  LoadMapping,
  Loosened,
  Need,
  Pipeline,
  Source,
  Table,
  Waiver,
} from '../core/pipeline.ts';
import { buildAlerts } from './alerts-schema.ts';
import { buildCheck, buildDailyChecks } from './checks/check-schema.ts';
import type { CheckPlace } from './checks/document.ts';
import { buildJob } from './job-schema.ts';
import { buildMonitor } from './monitor-schema.ts';
import type { DefinitionDocument, PipelineDocument } from './pipeline-schema.ts';

type SourceDocument = PipelineDocument['sources'][number];
type PhaseDocument = PipelineDocument['phases'][number];
type TableDocument = PhaseDocument['tables'][number];

/** Turns a document that the schema accepted into the value that the rest of the system reads. */
export function buildPipeline(definition: DefinitionDocument): Pipeline {
  const document = lay(definition);
  const around = surroundings(document);
  return {
    name: document.pipeline,
    timeZone: document.timeZone,
    calendar: buildCalendar(document.calendar),
    ownCalendar: buildCalendar(definition.calendar),
    waivers: document.waivers.map(buildWaiver),
    loosened: document.loosened.map(buildLoosened),
    retry: document.retry,
    repair: document.repair,
    deadlines: document.deadlines,
    budget: {
      jobMinutes: document.budget.jobMinutes ?? null,
      bytes: document.budget.bytes ?? null,
    },
    parallelTables: document.parallelTables,
    maximumBytesPerQuery: document.maximumBytesPerQuery,
    sources: document.sources.map((source) => buildSource(source, around)),
    phases: document.phases.map((phase) => ({
      name: parsePhaseName(phase.name),
      parallelTables: phase.parallelTables ?? null,
      readyBy: buildDue(phase.readyBy),
      tables: phase.tables.map((table) => buildTable(table, phase, around)),
    })),
    gates: document.gates.map(buildGate),
    monitors: document.monitors.map(buildMonitor),
    alerts: document.alerts === undefined ? null : buildAlerts(document.alerts),
  };
}

function lay({ overlay, ...document }: DefinitionDocument): PipelineDocument {
  const { calendar, waivers } = document;
  return {
    ...document,
    waivers: [...waivers, ...(overlay?.waivers ?? [])],
    calendar: {
      ...calendar,
      seasonStarts: { ...calendar.seasonStarts, ...overlay?.calendar?.seasonStarts },
      exclusions: [...calendar.exclusions, ...(overlay?.calendar?.exclusions ?? [])],
    },
  };
}

type Surroundings = Pick<CheckPlace, 'dayOf' | 'seasonStarts'>;

/** What a check may know of the rest of the pipeline. */
function surroundings({ calendar, sources, phases }: PipelineDocument): Surroundings {
  const relations = [...sources, ...phases.flatMap(({ tables }) => tables)];
  return {
    dayOf: (name) => relations.find((each) => each.name === name)?.day ?? '',
    seasonStarts: Object.values(calendar.seasonStarts).map(parseDay).sort(),
  };
}

function buildCalendar(calendar: PipelineDocument['calendar']): Pipeline['calendar'] {
  return {
    ...calendar,
    calledOff: calendar.calledOff ?? null,
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

function buildGate({ name, description, tables }: PipelineDocument['gates'][number]): Gate {
  return {
    name,
    description: description ?? null,
    tables: tables.map(({ table, checks }) => ({
      table: parseTableName(table),
      checks: checks ?? null,
    })),
  };
}

function buildLoosened(loosened: PipelineDocument['loosened'][number]): Loosened {
  const { table, check = null, field = null, until } = loosened;
  return { ...loosened, table: parseTableName(table), check, field, until: parseDay(until) };
}

function buildSource(source: SourceDocument, around: Surroundings): Source {
  const place = { ...source, day: source.day ?? '', ...around };
  return {
    name: parseTableName(source.name),
    key: source.key,
    dayColumn: source.day ?? null,
    columns: buildColumns(source.columns),
    requireDayFilter: source.requireDayFilter,
    fallback: source.fallback ?? null,
    load: source.load === undefined ? null : buildLoad(source.load, source),
    checks: source.checks.map((check) => buildCheck(check, place)),
    ...buildDailyChecks(source.checks, place),
    due: buildDue(source.due),
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

function buildTable(table: TableDocument, phase: PhaseDocument, around: Surroundings): Table {
  const place = { ...table, ...around };
  return {
    name: parseTableName(table.name),
    phase: parsePhaseName(phase.name),
    key: table.key,
    dayColumn: table.day,
    columns: buildColumns(table.columns),
    requireDayFilter: table.requireDayFilter,
    needs: table.needs.map(buildNeed),
    bootstrapDays: table.bootstrapDays,
    job: buildJob(table.job),
    checks: table.checks.map((check) => buildCheck(check, place)),
    ...buildDailyChecks(table.checks, place),
    publish: table.publish ?? null,
    due: buildDue(table.due ?? phase.due),
    autoRepair: table.autoRepair ?? null,
  };
}

/** A time of day alone is one of the day after. */
function buildDue(due: PhaseDocument['due']): Due | null {
  if (due === undefined) return null;
  return typeof due === 'string' ? { ...WHEN_OVER, at: due } : due;
}

function buildNeed(need: TableDocument['needs'][number]): Need {
  const of = parseTableName(need.of);
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
