import { DOCTOR_ROUTES } from './api-of-doctor.ts';
import { GRID_ROUTES } from './api-of-grid.ts';
import { JOB_ROUTES } from './api-of-jobs.ts';
import { RUN_ROUTES } from './api-of-runs.ts';
import { SCHEDULE_ROUTES } from './api-of-schedules.ts';
import { type ApiAnswer, type ApiPlace, type ApiRequest, refusal, statusOf } from './api-route.ts';

const ROUTES = [...JOB_ROUTES, ...RUN_ROUTES, ...SCHEDULE_ROUTES, ...GRID_ROUTES, ...DOCTOR_ROUTES];

/**
 * What the HTTP API answers: reads, the fence of jobs, and what a person may ask of a run or a schedule. What is asked of a
 * run is the same message that could be published on `phasegate-start`; who asked is the caller, whatever the body says.
 */
export async function answerApi(place: ApiPlace, request: ApiRequest): Promise<ApiAnswer> {
  const { method, path, caller } = request;
  try {
    const known = ROUTES.filter((route) => route.path.test(path));
    const route = known.find((each) => each.method === method);
    if (route === undefined) return refusal(known.length > 0 ? 405 : 404, `no ${method} ${path}`);
    if (!caller[route.right]) return refusal(403, `${caller.name} may not do this`);
    return await route.answer(place, route.path.exec(path)?.slice(1) ?? [], request);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refusal(statusOf(error), message);
  }
}
