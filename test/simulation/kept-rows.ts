import type { Row, Statement } from '../../shared/ports/warehouse.ts';

/** What the kept query answers, from the rows of profiles and run history. */
export function keptRows(
  params: Statement['params'],
  profiles: readonly Row[],
  history: readonly Row[],
): Row[] {
  const value = (name: string) => String(params[name]?.value);
  const tables = new Set(
    Object.keys(params)
      .filter((name) => name.startsWith('table'))
      .map(value),
  );
  const from = value('from0');
  const to = value('to0');
  const isAsked = (table: unknown, day: unknown) =>
    tables.has(String(table)) && String(day) >= from && String(day) <= to;

  const states = new Map<string, Row>();
  for (const row of profiles) {
    if (!isAsked(row.table_name, row.day)) continue;
    const key = `${row.table_name}/${row.day}/${row.items}`;
    const other = states.get(key);
    if (other === undefined || isLater(row, other)) states.set(key, row);
  }

  const launches = new Map<string, Row[]>();
  for (const row of history) {
    if (!isAsked(row.table_name, row.data_date)) continue;
    const key = `${row.table_name}/${row.data_date}/${row.launch}`;
    const others = launches.get(key);
    if (others === undefined) launches.set(key, [row]);
    else others.push(row);
  }

  return [
    ...[...states.values()].map((row) => ({
      what: 'state',
      table_name: row.table_name!,
      day: row.day!,
      name: row.token!,
      status: null,
      body: row.state!,
      amount: null,
      previous: null,
      started_at: null,
      read_at: null,
      said_at: row.read_at!,
    })),
    ...[...launches.values()].map(lastWord),
  ];
}

function isLater(a: Row, b: Row): boolean {
  const [readA, readB] = [String(a.read_at), String(b.read_at)];
  return readA > readB || (readA === readB && String(a.token) > String(b.token));
}

function lastWord(rows: readonly Row[]): Row {
  const rank = (row: Row) => (row.status === 'running' ? 1 : 0);
  const [row] = rows.toSorted(
    (a, b) => rank(a) - rank(b) || (String(a.recorded_at) > String(b.recorded_at) ? -1 : 1),
  );
  const readAts = rows.flatMap((each) => (each.read_at === null ? [] : [String(each.read_at)]));
  return {
    what: 'launch',
    table_name: row!.table_name!,
    day: row!.data_date!,
    name: row!.launch!,
    status: row!.status!,
    body: row!.message ?? null,
    amount: row!.records_processed ?? null,
    previous: null,
    started_at: rows.map((each) => String(each.recorded_at)).sort()[0]!,
    read_at: readAts.sort().at(-1) ?? null,
    said_at: row!.recorded_at!,
  };
}
