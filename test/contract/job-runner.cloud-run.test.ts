import type { JobFinishedMessage } from '../../shared/core/messages.ts';
import { openRunScene } from '../cloud/run-scene.ts';
import { describeJobRunner } from './job-runner.ts';

describeJobRunner('Cloud Run jobs, through the official client', async () => {
  const scene = await openRunScene();
  const { runner, startsOf, until, allRead, close } = scene;
  const told = () => scene.told.filter((message) => message !== null);
  let read = 0;
  return {
    runner,
    startsOf,
    close,
    begun: (launch) => until(() => startsOf(launch) > 0),
    async nextFinished() {
      const next = read++;
      await until(() => told().length > next);
      return told()[next] as JobFinishedMessage;
    },
    async allFinished({ id }) {
      const ofIt = () => told().filter(({ launch }) => launch === id);
      await until(() => ofIt().length > 0);
      await allRead();
      return ofIt();
    },
  };
});
