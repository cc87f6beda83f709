import { http } from '@google-cloud/functions-framework';
import { deployment } from './deployed.ts';

http('reconcile', async (_, response): Promise<void> => {
  await (await deployment('reconcile')).onTick();
  response.status(204).end();
});
