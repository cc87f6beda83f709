import type { Caller } from '../api-route.ts';
import { answerPage, type PageAnswer } from './answer-page.ts';
import type { PagePlace } from './page-route.ts';

type Asked = Readonly<{ method: string; path: string; query: string }>;

/** Answered to everybody whom the platform lets through: a new revision is asked for it before it gets traffic. */
const CANARY = '/canary';

/**
 * The page as it is told to who asks for it: a view to those who may read, to nobody a way to change anything.
 *
 * @param caller null: who asks is not known
 */
export async function answerReader(
  place: PagePlace,
  caller: Pick<Caller, 'name' | 'mayRead'> | null,
  { method, path, query }: Asked,
): Promise<PageAnswer> {
  if (caller === null) return told(401, 'Who asks is not known.');
  if (method !== 'GET' && method !== 'HEAD') {
    const answer = told(405, `The page is read, by GET and HEAD; it takes no ${method}.`);
    return { ...answer, headers: { ...answer.headers, allow: 'GET, HEAD' } };
  }
  if (path === CANARY) return told(200, 'alive');
  if (!caller.mayRead) return told(403, `${caller.name} may not read this page.`);
  return answerPage(place, path, new URLSearchParams(query));
}

function told(status: number, message: string): PageAnswer {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  return { status, headers, body: `${message}\n` };
}
