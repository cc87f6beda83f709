import { PhasegateError } from '../core/errors.ts';

const ANSWER_MS = 30_000;

/** Asks the API. Over https it says who asks. */
export type ApiClient = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<string>;

/** What the API answered, whatever its status. */
export type Answered = Readonly<{ status: number; text: string }>;

/** Says who asks, to an API at this address, as headers. */
export type Identity = (api: string) => Promise<Readonly<Record<string, string>>>;

/** @returns asks, each time it is called; @throws PhasegateError `unavailable` where nobody answers, or not with success */
export function apiClient(api: string): ApiClient {
  return async (method, path, body) => {
    const { status, text } = await askApi(api, machineIdentity, method, path, body);
    if (status >= 200 && status < 300) return text;
    const why = `${status} ${text.slice(0, 500)}`;
    throw new PhasegateError('unavailable', `${method} ${api}${path}: ${why}`);
  };
}

/** @throws PhasegateError `unavailable` where nobody answers, and what the identity throws */
export async function askApi(
  api: string,
  identity: Identity,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Answered> {
  try {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(await identity(api)) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    if (error instanceof PhasegateError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new PhasegateError('unavailable', `${method} ${api}${path}: ${why}`, error);
  }
}

/** By an identity token of the machine's account; over http nobody asks. */
async function machineIdentity(api: string): Promise<Readonly<Record<string, string>>> {
  if (!api.startsWith('https:')) return {};
  const { GoogleAuth } = await import('google-auth-library');
  const client = await new GoogleAuth().getIdTokenClient(api);
  return Object.fromEntries(await client.getRequestHeaders());
}
