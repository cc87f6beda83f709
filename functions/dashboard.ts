import { http } from '@google-cloud/functions-framework';
import { deployment } from './deployed.ts';

http('dashboard', async ({ method, path, url, headers }, response): Promise<void> => {
  const [, query = ''] = url.split(/\?(.*)/s);
  const { onPage } = await deployment('dashboard');
  const page = await onPage({ method, path, query, headers });
  response.status(page.status).set(page.headers).send(page.body);
});
