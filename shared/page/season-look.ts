import type { DaySpan } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import type { TableName } from '../core/ids.ts';
import type { GridRow } from '../core/monitor/grid.ts';
import type { SeasonRange } from '../core/monitor/season-range.ts';
import type { GridTable, SeasonGrid } from '../core/view/season-grid.ts';
import { html, type Markup } from './markup.ts';
import { tablePath } from './paths.ts';
import type { DayGridRow } from './pictures/day-grid.ts';
import type { Read } from './section.ts';

/** One season as it was read, or why it could not be. */
export type SeasonLook = Readonly<{ range: SeasonRange; read: Read<SeasonGrid> }>;

/** What a season's look has of a table or source; undefined where it could not be read or nobody judges it. */
export function tableIn({ read }: SeasonLook, name: TableName): GridTable | undefined {
  return 'value' in read ? read.value.tables.find(({ row }) => row.table === name) : undefined;
}

/** A row of the grid as a picture draws it. */
export function drawn({ table, outcomes, notDue, waived, excluded }: GridRow): DayGridRow {
  return { name: table, href: tablePath(table), outcomes, notDue, waived, excluded };
}

/** The part of a season on which anything is known of these rows: a summer without games is not drawn. Null: nothing is. */
export function drawnRange({ from }: DaySpan, rows: readonly GridRow[]): DaySpan | null {
  let to: Day | null = null;
  for (const { outcomes, notDue, excluded } of rows) {
    for (const days of [...Object.values(outcomes), notDue, excluded]) {
      const last = days.at(-1)?.to;
      if (last !== undefined && (to === null || last > to)) to = last;
    }
  }
  return to === null ? null : { from, to };
}

/** What is said of a season of which nothing is known to be expected. */
export function nothingExpected({ from, to }: DaySpan): Markup {
  return html`<p class="quiet">Nothing is expected: the schedule has no game from ${from} to ${to} that was played to its end.</p>`;
}
