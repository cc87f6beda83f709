import { checkedPause } from '../core/monitor/schedule-pause.ts';
import { readPause } from '../edge/pause-request.ts';
import { forPeople, ok, type Route } from './api-route.ts';

const NAMED = '/v1/schedules/([a-z0-9-]{1,100})';

/** What people ask about monitors and of the schedules that call them. */
export const SCHEDULE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/monitors$/,
    right: 'mayRead',
    answer: forPeople(async ({ definitionNow }) =>
      ok({ monitors: definitionNow().pipeline.monitors }),
    ),
  },
  {
    method: 'GET',
    path: /^\/v1\/schedules$/,
    right: 'mayRead',
    answer: forPeople(async ({ scheduler }) => ok({ schedules: await scheduler.list() })),
  },
  {
    method: 'POST',
    path: new RegExp(`^${NAMED}:pause$`),
    right: 'mayWrite',
    answer: forPeople(async ({ scheduler, now }, [name = ''], { body, caller }) => {
      const pause = checkedPause({ ...readPause(body), by: caller.name }, now());
      await scheduler.pause(name, pause);
      return ok({ schedule: name, pause });
    }),
  },
  {
    method: 'POST',
    path: new RegExp(`^${NAMED}:(resume|run)$`),
    right: 'mayWrite',
    answer: forPeople(async ({ scheduler }, [name = '', what]) => {
      await (what === 'run' ? scheduler.run(name) : scheduler.resume(name));
      return ok({ schedule: name });
    }),
  },
];
