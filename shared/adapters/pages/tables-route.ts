import { tablesPage } from '../../page/tables-view.ts';
import type { PageRoute } from './page-route.ts';
import { seasonsOf } from './seasons-of-place.ts';

export const TABLES_ROUTE: PageRoute = {
  path: /^\/tables$/,
  async page(place) {
    const { pipeline } = place.definitionNow();
    return tablesPage({ pipeline, seasons: await seasonsOf(place) });
  },
};
