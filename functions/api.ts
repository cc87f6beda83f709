import { http } from '@google-cloud/functions-framework';
import { deployment } from './deployed.ts';

http('api', async ({ method, path, headers, rawBody }, response): Promise<void> => {
  const body = rawBody?.toString('utf8') ?? '';
  const answer = await (await deployment('api')).onRequest({ method, path, headers, body });
  response.status(answer.status).json(answer.body);
});
