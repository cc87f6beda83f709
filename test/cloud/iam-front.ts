import { createServer } from 'node:http';
import { close, listening } from './pushed.ts';

/**
 * Stands where Cloud Run checks a caller's token: whoever comes through here is `email`, and the function behind gets
 * the token without its signature, as it does in the cloud.
 */
export async function iamFront(email: string, target: () => string) {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = await fetch(`${target()}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(email)}` },
      ...(parts.length === 0 ? {} : { body: Buffer.concat(parts) }),
    }).catch((error: unknown) => new Response(String(error), { status: 503 }));
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  return { url: await listening(server), close: () => close(server) };
}

/** What Cloud Run hands on. */
export function tokenOf(email: string, more: Readonly<Record<string, unknown>> = {}): string {
  const claims = {
    iss: 'https://accounts.google.com',
    email,
    email_verified: true,
    exp: Math.floor(Date.now() / 1000) + 600,
    ...more,
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.SIGNATURE_REMOVED_BY_GOOGLE`;
}
