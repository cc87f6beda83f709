import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { personIdentity } from '../../shared/adapters/gcp/person-identity.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { tokenOf } from './iam-front.ts';
import { close, listening } from './pushed.ts';

const API = 'https://phasegate-api.example.com';
const ANA = tokenOf('ana@x.example');
let home: string;

/** A machine on which nobody is logged in, without gcloud. */
beforeEach(() => {
  home = emptyDirectory();
  vi.stubEnv('HOME', home);
  vi.stubEnv('PATH', join(home, 'bin'));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  mkdirSync(join(home, 'bin'));
});
afterEach(() => vi.unstubAllEnvs());

/** A gcloud that writes down how it is called, and does this. */
function gcloud(script: string): void {
  const file = join(home, 'bin', 'gcloud');
  writeFileSync(file, `#!/bin/sh\necho "$@" >> ${join(home, 'calls')}\n${script}\n`);
  chmodSync(file, 0o755);
}

/** What `gcloud auth application-default login` leaves behind. */
function personsCredentials(): string {
  const file = join(home, 'person.json');
  const secret = { client_id: 'c', client_secret: 's', refresh_token: 'r' };
  writeFileSync(file, JSON.stringify({ type: 'authorized_user', ...secret }));
  return file;
}

describe('who calls the API', () => {
  it('is who is logged in to gcloud, found out once', async () => {
    gcloud(`echo ${ANA}`);
    const identity = personIdentity();
    const expected = { authorization: `Bearer ${ANA}` };
    expect([await identity(API), await identity(API)]).toEqual([expected, expected]);
    expect(readFileSync(join(home, 'calls'), 'utf8')).toBe('auth print-identity-token\n');
  });

  it('is who is logged in to gcloud where the machine has a person’s credentials', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', personsCredentials());
    gcloud(`echo ${ANA}`);
    expect(await personIdentity()(API)).toEqual({ authorization: `Bearer ${ANA}` });
  });

  it('is the service account of the machine where there is one, with a token for this address alone', async () => {
    const asked: string[] = [];
    const token = tokenOf('robot@x.example');
    const metadata = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.setHeader('metadata-flavor', 'Google');
      response.end(url.includes('/identity?') ? token : 'local');
    });
    vi.stubEnv('GCE_METADATA_HOST', new URL(await listening(metadata)).host);
    vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
    gcloud(`echo ${ANA}`);
    expect(await personIdentity()(API)).toEqual({ authorization: `Bearer ${token}` });
    expect(asked.filter((url) => url.includes(`audience=${API}`))).toHaveLength(1);
    await close(metadata);
  });

  it('is nobody over http, where nothing is asked of anybody', async () => {
    expect(await personIdentity()('http://127.0.0.1:1')).toEqual({});
  });

  it.each([
    ['gcloud is not there', null, 'gcloud is not installed here'],
    ['nobody is logged in', 'echo "You do not have an account" >&2; exit 1', 'You do not have'],
    ['gcloud prints what is no token', 'echo hello', 'it printed none'],
  ])('is not known where %s, which is said with what to do', async (_, script, said) => {
    if (script !== null) gcloud(script);
    const error = await personIdentity()(API).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(String(error)).toContain(said);
    expect(String(error)).toContain('`gcloud auth login`');
  });

  it('is nobody else than the service account that is named, where that one cannot be had', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(home, 'gone.json'));
    gcloud(`echo ${ANA}`);
    await expect(personIdentity()(API)).rejects.toThrow('gives no identity token');
  });
});
