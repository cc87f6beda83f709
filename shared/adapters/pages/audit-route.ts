import { dayAt } from '../../core/time-zone.ts';
import { deedsOf } from '../../core/view/deeds.ts';
import { auditPage } from '../../page/audit-view.ts';
import { factsOf } from './facts-of.ts';
import type { PageRoute } from './page-route.ts';
import { reading } from './reading.ts';

/** Of each all facts are read. */
const LOOKED_AT = 20;

export const AUDIT_ROUTE: PageRoute = {
  path: /^\/audit$/,
  async page({ runs, scheduler, definitionNow, now }) {
    const { pipeline } = definitionNow();
    const [deeds, triggers] = await Promise.all([
      reading(async () => {
        const newest = await runs.newest(LOOKED_AT);
        const stories = newest.runs.map(async (state) => ({
          run: state.run,
          events: await factsOf(runs, state),
        }));
        const all = deedsOf(await Promise.all(stories));
        return { deeds: all, runs: newest.runs.length, older: newest.older };
      }),
      reading(() => scheduler.list()),
    ]);
    const { timeZone } = pipeline;
    return auditPage({ timeZone, today: dayAt(now(), timeZone), pipeline, deeds, triggers });
  },
};
