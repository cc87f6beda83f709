import { PhasegateError } from '../core/errors.ts';

const ANSWER_MS = 30_000;

/** Asks the API. Over https it says who asks, by an identity token of the machine's account for this address. */
export type ApiClient = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<string>;

/** @returns asks, each time it is called; @throws PhasegateError `unavailable` where nobody answers, or not with success */
export function apiClient(api: string): ApiClient {
  return async (method, path, body) => {
    try {
      const response = await fetch(`${api}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...(await identity(api)) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${text.slice(0, 500)}`);
      return text;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new PhasegateError('unavailable', `${method} ${api}${path}: ${why}`, error);
    }
  };
}

async function identity(api: string): Promise<Readonly<Record<string, string>>> {
  if (!api.startsWith('https:')) return {};
  const { GoogleAuth } = await import('google-auth-library');
  const client = await new GoogleAuth().getIdTokenClient(api);
  return Object.fromEntries(await client.getRequestHeaders());
}
