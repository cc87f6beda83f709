import { describe, expect, it } from 'vitest';
import { deploy } from '../../shared/adapters/gcp/deployed.ts';
import { RUN } from '../core/build.ts';
import { tokenOf } from './iam-front.ts';

const ANA = 'ana@example.com';
const CID = 'cid@example.com';
const JOB = 'phg-job@my-project.iam.gserviceaccount.com';

describe('who calls the API', () => {
  const { onRequest } = deploy(
    {
      PHASEGATE_PROJECT: 'my-project',
      PHASEGATE_REGION: 'us-east1',
      PHASEGATE_LOCATION: 'US',
      PHASEGATE_PIPELINE: 'nba',
      PHASEGATE_DATABASE: 'phasegate',
      PHASEGATE_EVIDENCE_BUCKET: 'my-project-evidence',
      PHASEGATE_VERSION: 'v1',
      PHASEGATE_OPERATORS: ANA,
      PHASEGATE_READERS: CID,
      PHASEGATE_JOB_ACCOUNTS: JOB,
    },
    'api',
  );
  const status = async (authorization: string | undefined, method = 'GET', path = '/v1/canary') =>
    (await onRequest({ method, path, headers: { authorization }, body: '' })).status;
  const bearer = (email: string, more = {}) => `Bearer ${tokenOf(email, more)}`;

  it('is let through as an operator or a job, and as nobody else', async () => {
    expect([await status(bearer(ANA)), await status(bearer(JOB))]).toEqual([200, 200]);
    expect(await status(bearer('eve@example.com'))).toBe(403);
  });

  it.each([
    ['nothing', undefined],
    ['a token whose signature nobody has looked at', bearer(ANA).replace(/[^.]+$/, 'abc')],
    ['a token that is over', bearer(ANA, { exp: 1 })],
    ['an address that nobody has verified', bearer(ANA, { email_verified: false })],
    ['a token of another issuer', bearer(ANA, { iss: 'https://eve.example' })],
    ['a token without an address', bearer(ANA, { email: undefined })],
    ['what is no token', 'Bearer ...'],
  ])('is not known by %s', async (_, authorization) => {
    expect(await status(authorization)).toBe(401);
  });

  it.each([
    ['POST', '/v1/runs'],
    ['POST', `/v1/runs/${RUN}:signoff`],
    ['POST', '/v1/schedules/reconcile:pause'],
    ['POST', '/v1/launches/l:claim'],
    ['GET', '/v1/canary'],
  ])('may not %s %s as a reader, who may read', async (method, path) => {
    expect(await status(bearer(CID), method, path)).toBe(403);
    expect(await status(bearer(CID), 'GET', '/v1/monitors')).toBe(200);
  });

  it.each([
    ['POST', '/v1/runs'],
    ['GET', '/v1/runs'],
    ['GET', `/v1/runs/${RUN}`],
    ['POST', `/v1/runs/${RUN}:cancel`],
    ['POST', `/v1/runs/${RUN}:override`],
  ])('may not %s %s as a job', async (method, path) => {
    expect(await status(bearer(JOB), method, path)).toBe(403);
  });
});
