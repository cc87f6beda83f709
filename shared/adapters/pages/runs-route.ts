import { runsPage } from '../../page/runs-view.ts';
import type { PageRoute } from './page-route.ts';

const LISTED = 50;

export const RUNS_ROUTE: PageRoute = {
  path: /^\/runs$/,
  async page({ runs }) {
    const ids = await runs.list();
    const states = await Promise.all(ids.slice(0, LISTED).map((id) => runs.state(id)));
    const known = states.filter((state) => state !== null);
    return runsPage({ runs: known, left: Math.max(0, ids.length - LISTED) });
  },
};
