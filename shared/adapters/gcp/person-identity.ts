import { execFile } from 'node:child_process';
import { PhasegateError } from '../../core/errors.ts';
import type { Identity } from '../api-client.ts';

const GCLOUD_MS = 30_000;
const LOG_IN = 'log in with `gcloud auth login`, or name the key file of a service account';

/**
 * Who uses this machine: its service account where there is one, otherwise who is logged in to gcloud. Over http nobody
 * asks. Found out once.
 *
 * @throws PhasegateError `unavailable` where neither can be had, with what to do
 */
export function personIdentity(): Identity {
  let headers: Promise<Readonly<Record<string, string>>> | undefined;
  return async (api) => {
    if (!api.startsWith('https:')) return {};
    headers ??= identify(api);
    return headers;
  };
}

async function identify(api: string): Promise<Readonly<Record<string, string>>> {
  return (await ofServiceAccount(api)) ?? { authorization: `Bearer ${await ofGcloud()}` };
}

/** Null where the machine has no account of its own; that of a person makes no token for an address. */
async function ofServiceAccount(api: string): Promise<Readonly<Record<string, string>> | null> {
  const { GoogleAuth, UserRefreshClient } = await import('google-auth-library');
  const auth = new GoogleAuth();
  const isNamed = process.env.GOOGLE_APPLICATION_CREDENTIALS !== undefined;
  try {
    const own = await auth.getClient().catch((error: unknown) => {
      if (isNamed) throw error;
      return null;
    });
    if (own === null || own instanceof UserRefreshClient || !('fetchIdToken' in own)) return null;
    const client = await auth.getIdTokenClient(api);
    return Object.fromEntries(await client.getRequestHeaders());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `the service account of this machine gives no identity token: ${why}`;
    throw new PhasegateError('unavailable', message, error);
  }
}

function ofGcloud(): Promise<string> {
  return new Promise((done, fail) =>
    execFile(
      'gcloud',
      ['auth', 'print-identity-token'],
      { timeout: GCLOUD_MS },
      (error, stdout, stderr) => {
        const token = stdout.trim();
        if (error === null && /^[^.\s]+\.[^.\s]+\.[^.\s]+$/.test(token)) return done(token);
        const isAbsent = error !== null && 'code' in error && error.code === 'ENOENT';
        const why = isAbsent
          ? 'gcloud is not installed here'
          : `gcloud gave no identity token: ${stderr.trim().slice(0, 500) || 'it printed none'}`;
        fail(new PhasegateError('unavailable', `${why}; ${LOG_IN}`, error));
      },
    ),
  );
}
