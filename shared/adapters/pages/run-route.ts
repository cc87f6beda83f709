import { isKind } from '../../core/errors.ts';
import { parseRunId, type RunId } from '../../core/ids.ts';
import { tablesOfRun } from '../../core/plan.ts';
import { isAtRest } from '../../core/run.ts';
import { withdrawnLines } from '../../core/view/published-lines.ts';
import { runPage } from '../../page/run-view.ts';
import { readChecks } from '../../shell/read-report.ts';
import { nextFor } from '../next-commands.ts';
import { factsOf } from './facts-of.ts';
import type { PageRoute } from './page-route.ts';
import { reading } from './reading.ts';

export const RUN_ROUTE: PageRoute = {
  path: /^\/runs\/([^/]+)$/,
  async page({ runs, warehouse, pipelineOf, definitionNow, world }, [name = '']) {
    const run = runNamed(name);
    const state = run === null ? null : await runs.state(run);
    if (state === null) return null;
    const [events, pinned] = await Promise.all([
      reading(() => factsOf(runs, state)),
      reading(() => pipelineOf(state.definition)),
    ]);
    const pipeline = 'value' in pinned ? pinned.value : null;
    const isAsked = isAtRest(state.status) && 'value' in events;
    return runPage({
      state,
      timeZone: (pipeline ?? definitionNow().pipeline).timeZone,
      events,
      tables:
        pipeline === null
          ? { trouble: 'its definition was kept by other code' }
          : { value: tablesOfRun(pipeline, state.request) },
      checks: isAsked ? await reading(() => readChecks(warehouse, state.run, events.value)) : null,
      withdrawn: pipeline === null ? [] : withdrawnLines(state, pipeline),
      next: pipeline === null ? [] : nextFor(state, pipeline, world),
    });
  },
};

/** Null for what can be no run's name. */
function runNamed(name: string): RunId | null {
  try {
    return parseRunId(name);
  } catch (error) {
    if (isKind(error, 'invalid-input')) return null;
    throw error;
  }
}
