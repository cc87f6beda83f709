import { runsPage } from '../../page/runs-view.ts';
import type { PageRoute } from './page-route.ts';

const LISTED = 50;

export const RUNS_ROUTE: PageRoute = {
  path: /^\/runs$/,
  async page({ runs }) {
    return runsPage(await runs.newest(LISTED));
  },
};
