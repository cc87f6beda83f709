import type { TableName } from './ids.ts';
import { type Pipeline, type Source, type Table, tablesOf } from './pipeline.ts';
import { type Problem, repeated, unknownColumns } from './problem.ts';
import { relationNamed } from './relation.ts';
import { alertProblems } from './validate-alerts.ts';
import { checkProblems } from './validate-checks.ts';
import { gateProblems } from './validate-gates.ts';
import { monitorProblems } from './validate-monitors.ts';
import { publishProblems } from './validate-publish.ts';

/** Everything wrong that a schema cannot see: duplicates, dangling and circular needs, unknown columns. */
export function problemsOf(pipeline: Pipeline): readonly Problem[] {
  return [
    ...duplicateNames(pipeline),
    ...calendarProblems(pipeline),
    ...waiverProblems(pipeline),
    ...pipeline.sources.flatMap((source, index) =>
      unknownColumns(source.columns, [
        ...source.key,
        ...(source.dayColumn ? [source.dayColumn] : []),
      ]).map((message) => ({ path: ['sources', index], message: `${source.name}: ${message}` })),
    ),
    ...pipeline.sources.flatMap((source, index) =>
      sourceCheckProblems(pipeline, source).map(({ path, message }) => ({
        path: ['sources', index, ...path],
        message: `${source.name}: ${message}`,
      })),
    ),
    ...pipeline.phases.flatMap((phase, phaseIndex) =>
      phase.tables.flatMap((table, tableIndex) =>
        tableProblems(pipeline, table, phaseIndex).map(({ path, message }) => ({
          path: ['phases', phaseIndex, 'tables', tableIndex, ...path],
          message: `${table.name}: ${message}`,
        })),
      ),
    ),
    ...cycles(pipeline),
    ...gateProblems(pipeline),
    ...monitorProblems(pipeline),
    ...alertProblems(pipeline),
    ...publishProblems(pipeline),
  ];
}

function tableProblems(pipeline: Pipeline, table: Table, phaseIndex: number): Problem[] {
  const known = new Set<string>([
    ...pipeline.sources.map((source) => source.name),
    ...tablesOf(pipeline).map((each) => each.name),
  ]);
  const later = new Set<TableName>(
    pipeline.phases.slice(phaseIndex + 1).flatMap((phase) => phase.tables.map((each) => each.name)),
  );
  const needs = table.needs.flatMap(({ of }, index) => {
    if (!known.has(of)) {
      return [
        {
          path: ['needs', index, 'of'],
          message: `needs ${of}, which is neither a source nor a table; known: ${[...known].join(', ')}`,
        },
      ];
    }
    if (later.has(of)) {
      return [
        {
          path: ['needs', index, 'of'],
          message: `needs ${of} of a later phase; a table may need only its own phase and earlier ones`,
        },
      ];
    }
    return [];
  });
  const columns = unknownColumns(table.columns, [...table.key, table.dayColumn]).map((message) => ({
    path: ['key'],
    message,
  }));
  return [...needs, ...columns, ...checkProblems(pipeline, table)];
}

function sourceCheckProblems(pipeline: Pipeline, source: Source): readonly Problem[] {
  const relation = relationNamed(pipeline, source.name);
  if (relation !== undefined) return checkProblems(pipeline, relation);
  return source.checks.length === 0
    ? []
    : [
        {
          path: ['checks'],
          message: 'has checks and no day; accepted: checks of a source with days',
        },
      ];
}

function duplicateNames(pipeline: Pipeline): Problem[] {
  const tables = repeated([
    ...pipeline.sources.map((source) => source.name),
    ...tablesOf(pipeline).map((table) => table.name),
  ]).map((name) => ({
    path: ['phases'],
    message: `${name} is declared twice; a name stands for one table`,
  }));
  const phases = repeated(pipeline.phases.map((phase) => phase.name)).map((name) => ({
    path: ['phases'],
    message: `two phases are called ${name}`,
  }));
  return [...tables, ...phases];
}

function calendarProblems({ calendar, sources }: Pipeline): Problem[] {
  const source = sources.find((each) => each.name === calendar.schedule);
  if (source === undefined) {
    return [
      {
        path: ['calendar', 'schedule'],
        message: `${calendar.schedule} is not one of the sources: ${sources.map((each) => each.name).join(', ')}`,
      },
    ];
  }
  if (source.dayColumn === null) {
    return [{ path: ['calendar', 'schedule'], message: `${calendar.schedule} has no day column` }];
  }
  const { game, season, seasonType, home, away } = calendar;
  return unknownColumns(source.columns, [game, season, seasonType, home, away]).map((message) => ({
    path: ['calendar'],
    message,
  }));
}

function waiverProblems(pipeline: Pipeline): Problem[] {
  return pipeline.waivers.flatMap((waiver, index) => {
    const relation = relationNamed(pipeline, waiver.table);
    const found = relation?.checks.some((check) => check.id === waiver.check) ?? false;
    return found
      ? []
      : [
          {
            path: ['waivers', index],
            message: `waives ${waiver.table} ${waiver.check}, but there is no such check`,
          },
        ];
  });
}

function cycles(pipeline: Pipeline): Problem[] {
  const tables = tablesOf(pipeline);
  const done = new Set<TableName>();
  let remaining = tables;
  while (remaining.length > 0) {
    const ready = remaining.filter((table) =>
      table.needs.every(({ of }) => done.has(of) || !tables.some((each) => each.name === of)),
    );
    if (ready.length === 0) {
      const names = remaining.map((table) => table.name).join(', ');
      return [
        {
          path: ['phases'],
          message: `these tables need each other in a circle, or stand behind one: ${names}`,
        },
      ];
    }
    for (const table of ready) done.add(table.name);
    remaining = remaining.filter((table) => !done.has(table.name));
  }
  return [];
}
