import type { Check } from './check.ts';
import type { TableName } from './ids.ts';
import { type Pipeline, type Table, tablesOf } from './pipeline.ts';

/** Something wrong with a pipeline: where (a path into the file), and what would be accepted. */
export type Problem = Readonly<{ path: readonly (string | number)[]; message: string }>;

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
    ...pipeline.phases.flatMap((phase, phaseIndex) =>
      phase.tables.flatMap((table, tableIndex) =>
        tableProblems(pipeline, table, phaseIndex).map(({ path, message }) => ({
          path: ['phases', phaseIndex, 'tables', tableIndex, ...path],
          message: `${table.name}: ${message}`,
        })),
      ),
    ),
    ...cycles(pipeline),
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
  const duplicates = repeated(table.checks.map((check) => check.id)).map((id) => ({
    path: ['checks'],
    message: `two checks are called ${id}; ids are unique within a table`,
  }));
  const checks = table.checks.flatMap((check, index) =>
    checkProblems(table, check, known).map((message) => ({
      path: ['checks', index],
      message: `check ${check.id}: ${message}`,
    })),
  );
  return [...needs, ...columns, ...duplicates, ...checks];
}

function checkProblems(table: Table, check: Check, known: Set<string>): string[] {
  const missing = unknownColumns(table.columns, columnsOf(check));
  if (check.kind === 'row-count' && check.per.of === 'table' && !known.has(check.per.table)) {
    missing.push(`counts against ${check.per.table}, which is neither a source nor a table`);
  }
  if (check.kind === 'row-count' && check.per.atLeast === null && check.per.atMost === null) {
    missing.push('has neither a lower nor an upper bound, so it could never fail');
  }
  if (check.kind === 'range' && check.min === null && check.max === null) {
    missing.push('has neither min nor max, so it could never fail');
  }
  return missing;
}

function columnsOf(check: Check): string[] {
  switch (check.kind) {
    case 'not-null':
    case 'range':
    case 'category-share':
      return [check.column];
    case 'unique':
      return [...check.columns];
    case 'distinct-games':
      return [check.game];
    case 'grain-coverage':
      return [check.game, check.team].filter((column) => column !== null);
    case 'production-ready':
      return [check.tier, check.score, check.issues];
    case 'day-coverage':
    case 'row-count':
    case 'identity':
      return [];
  }
}

function unknownColumns(columns: readonly { name: string }[], wanted: readonly string[]): string[] {
  const names = new Set(columns.map((column) => column.name));
  return [...new Set(wanted)]
    .filter((column) => !names.has(column))
    .map((column) => `column ${column} is not among its columns: ${[...names].join(', ')}`);
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
    const table = tablesOf(pipeline).find((each) => each.name === waiver.table);
    const found = table?.checks.some((check) => check.id === waiver.check) ?? false;
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

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
