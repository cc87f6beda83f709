import { gridJson } from '../../../shared/core/view/grid-json.ts';
import { documentOf } from '../../../shared/page/layout.ts';
import { tablesPage } from '../../../shared/page/tables-view.ts';
import { pipelineOf, table } from '../../core/build.ts';
import { largeGrid } from './large-grid.ts';

const TABLES = 20;
const DAYS = 10_000;

/** The view of 20 tables over 10,000 expected days: `answer` is what the API says of it, `render` makes the page's HTML. */
export function largePage() {
  const grids = largeGrid(TABLES, DAYS);
  const names = grids[0]?.tables.map(({ row }) => row.table) ?? [];
  const pipeline = pipelineOf(...names.map((name) => table(name, [], { checks: CHECKS })));
  const seasons = grids.map((grid) => ({ range: grid.range, read: { value: grid } }));
  const render = () =>
    documentOf(
      tablesPage({ pipeline, seasons }),
      '/tables',
      'as of the day on which it was measured',
    );
  const answer = gridJson(grids.map((grid) => ({ range: grid.range, grid })));
  return { answer, plain: grids.map(({ tables }) => tables.map(({ row }) => row)), render };
}

/** What a table must have to be judged at all. */
const CHECKS = [
  { id: 'key', kind: 'unique', severity: 'block', applies: null, columns: ['game_id'] },
] as const;
