import { doctorRuns, doctorSchedules } from '../shell/doctor/doctor-around.ts';
import { doctorWarehouse } from '../shell/doctor/doctor-warehouse.ts';
import { forPeople, ok, type Route } from './api-route.ts';
import { codeVersion } from './code-version.ts';
import { cronerCrons } from './croner-crons.ts';

/** What a person's doctor cannot see from outside: the warehouse, the schedules and the runs of this world. */
export const DOCTOR_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/doctor$/,
    right: 'mayRead',
    answer: forPeople(async ({ warehouse, scheduler, runs, definitionNow, now }) => {
      const { pipeline, hash: definition } = definitionNow();
      const at = now();
      const lines = [
        ...(await doctorWarehouse(warehouse, pipeline, at)),
        await doctorSchedules(scheduler, pipeline, cronerCrons, at, true),
        await doctorRuns(runs, true),
      ];
      return ok({ version: codeVersion(), definition, lines });
    }),
  },
];
