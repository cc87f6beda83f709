import { runsPage } from '../../page/runs-view.ts';
import type { PageRoute } from './page-route.ts';

const LISTED = 50;

export const RUNS_ROUTE: PageRoute = {
  path: /^\/runs$/,
  async page({ runs, definitionNow }) {
    const { timeZone } = definitionNow().pipeline;
    return runsPage({ ...(await runs.newest(LISTED)), timeZone });
  },
};
