import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from './scratch.ts';

const SCRIPT = resolve('infra/release.sh');
const SERVICES = [
  'phasegate-start-run-prod',
  'phasegate-reconcile-prod',
  'phasegate-api-prod',
  'phasegate-dashboard-prod',
];

/** In place of gcloud: two revisions of each service, the newest one being `new`; writes down what it is asked to change. */
const GCLOUD = `#!/usr/bin/env bash
case "$*" in
  *'functions list'*) printf '%s\\n' ${SERVICES.join(' ')} ;;
  *spec.traffic*) echo "$ON_LATEST" ;;
  *status.latestReadyRevisionName*) echo new ;;
  *status.url*) echo "https://$4-abc.a.run.app" ;;
  *print-identity-token*) echo "token got by $*" ;;
  *'revisions list'*) printf 'new\\nold\\n' ;;
  *update-traffic*) echo "$4 \${*:8}" >> "$SAID" ;;
  *) exit 9 ;;
esac
`;
const CURL = `#!/usr/bin/env bash
echo "call $*" >> "$SAID"
case "$*" in *"$BROKEN"*) exit 22 ;; esac
`;

function release(what: string, more: Readonly<Record<string, string>> = {}) {
  const folder = emptyFolder();
  for (const [name, text] of [
    ['gcloud', GCLOUD],
    ['curl', CURL],
  ] as const) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  const said = join(folder, 'said');
  const { status, stderr } = spawnSync(SCRIPT, [what], {
    encoding: 'utf8',
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      PROJECT: 'p',
      REGION: 'r',
      ENVIRONMENT: 'prod',
      VERSION: 'abc',
      SAID: said,
      ON_LATEST: 'True',
      BROKEN: 'nothing',
      ...more,
    },
  });
  const lines = existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n') : [];
  return { status, stderr, lines };
}

describe('release.sh', () => {
  it('holds each service where it is before anything is deployed', () => {
    expect(release('hold')).toMatchObject({
      status: 0,
      lines: SERVICES.map((service) => `${service} --to-revisions=new=100`),
    });
  });

  it('holds nothing that somebody has put on a revision already', () => {
    expect(release('hold', { ON_LATEST: '' })).toMatchObject({ status: 0, lines: [] });
  });

  it('tries a revision without traffic, at its own address, as the one who will call it', () => {
    const { status, lines } = release('try');
    expect(status).toBe(0);
    expect(lines.filter((line) => line.endsWith('--update-tags=canary=new')).length).toBe(4);
    const calls = lines.filter((line) => line.startsWith('call '));
    const accounts = ['phg-push-prod', 'phg-schedule-prod', 'phg-job-prod', 'phg-dashboard-prod'];
    for (const [index, service] of SERVICES.entries()) {
      expect(calls[index]).toContain(
        `--impersonate-service-account=${accounts[index]}@p.iam.gserviceaccount.com`,
      );
      expect(calls[index]).toContain('--include-email');
      expect(calls[index]).toContain(`https://canary---${service}-abc.a.run.app`);
    }
    expect(calls.filter((call) => call.endsWith('.a.run.app/canary'))).toHaveLength(1);
    const [body = '{}'] = /\{"message".*\}/.exec(calls[0] ?? '') ?? [];
    expect(JSON.parse(body).message.attributes).toEqual({ canary: 'abc' });
    const data = Buffer.from(JSON.parse(body).message.data, 'base64').toString();
    expect(JSON.parse(data)).toEqual({ canary: 'abc' });
  });

  it('fails when one of them does not answer, so that no traffic moves', () => {
    const { status, lines } = release('try', { BROKEN: 'phasegate-reconcile' });
    expect(status).not.toBe(0);
    expect(lines.filter((line) => line.includes('--to-'))).toEqual([]);
  });

  it('gives the newest revisions the traffic, and takes it back', () => {
    expect(release('release').lines).toEqual(
      SERVICES.map((service) => `${service} --to-latest --remove-tags=canary`),
    );
    expect(release('back').lines).toEqual(
      SERVICES.map((service) => `${service} --to-revisions=old=100`),
    );
  });

  it.each([
    ['nonsense', {}],
    ['try', { VERSION: '' }],
    ['hold', { PROJECT: '' }],
  ])('does nothing when asked to %s with %o', (what, more) => {
    const { status, lines } = release(what, more);
    expect(status).not.toBe(0);
    expect(lines).toEqual([]);
  });
});
