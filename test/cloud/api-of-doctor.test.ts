import { expect, it } from 'vitest';
import { codeVersion } from '../../shared/adapters/code-version.ts';
import { readDoctor } from '../../shared/edge/api-answers.ts';
import { apiPlace, NOBODY, OPERATOR } from './api-place.ts';

it('the API tells operators what its own world shows, and that a warehouse which is away is not known', async () => {
  const place = apiPlace();
  try {
    const { status, body } = await place.ask(OPERATOR, 'GET', '/v1/doctor');
    expect(status).toBe(200);
    const { version, definition, lines } = readDoctor(JSON.stringify(body));
    expect([version, definition]).toEqual([codeVersion(), 'd1']);
    expect(lines.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['tables', 'UNKNOWN'],
      ['schedules', 'PASS'],
      ['runs', 'PASS'],
    ]);
    expect((await place.ask(NOBODY, 'GET', '/v1/doctor')).status).toBe(403);
  } finally {
    place.close();
  }
});
