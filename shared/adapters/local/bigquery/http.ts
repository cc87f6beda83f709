import type { IncomingMessage, ServerResponse } from 'node:http';
import { PhasegateError } from '../../../core/errors.ts';
import { faultOf } from './faults.ts';

export type Call = Readonly<{
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  /** Without `/upload` and `/bigquery/v2`. */
  path: string;
  isUpload: boolean;
  search: URLSearchParams;
}>;

export function callOf(request: IncomingMessage, response: ServerResponse): Call {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
  const isUpload = pathname.startsWith('/upload/');
  const path = pathname.replace(/^\/upload/, '').replace(/^(\/resumable)?\/bigquery\/v2/, '');
  return {
    request,
    response,
    method: request.method ?? 'GET',
    path,
    isUpload,
    search: searchParams,
  };
}

export async function jsonBody({ request }: Call): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  } catch (error) {
    throw new PhasegateError('invalid-input', 'the request is not JSON', error);
  }
}

export function reply(
  call: Call,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  call.response.writeHead(status, { 'content-type': 'application/json', ...headers });
  call.response.end(body === undefined ? '' : JSON.stringify(body));
}

export function replyWithError(call: Call, error: unknown): void {
  const { status, reason, message } = faultOf(error);
  const errors = [{ message, domain: 'global', reason }];
  reply(call, { error: { code: status, message, errors, status: reason } }, status);
}
