import { createHash } from 'node:crypto';
import { documentOf, type Page } from '../../page/layout.ts';
import { html } from '../../page/markup.ts';
import { SCRIPT } from '../../page/script.ts';
import { STYLE } from '../../page/style.ts';
import { localTime } from '../../page/time.ts';
import { statusOf } from '../api-route.ts';
import { AUDIT_ROUTE } from './audit-route.ts';
import { GATE_ROUTE } from './gate-route.ts';
import { MONITOR_ROUTE, MONITORS_ROUTE } from './monitor-routes.ts';
import { NOW_ROUTE } from './now-route.ts';
import type { PagePlace, PageRoute } from './page-route.ts';
import { RUN_ROUTE } from './run-route.ts';
import { RUNS_ROUTE } from './runs-route.ts';
import { TABLE_ROUTE } from './table-route.ts';
import { TABLES_ROUTE } from './tables-route.ts';

const ROUTES: readonly PageRoute[] = [
  NOW_ROUTE,
  RUNS_ROUTE,
  RUN_ROUTE,
  GATE_ROUTE,
  AUDIT_ROUTE,
  TABLES_ROUTE,
  TABLE_ROUTE,
  MONITORS_ROUTE,
  MONITOR_ROUTE,
];

export type PageAnswer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

/** Nothing from elsewhere, no script and no style but ours, no frame around it. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${sha256(STYLE)}'`,
    `script-src 'sha256-${sha256(SCRIPT)}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A view of the page, or why there is none. Never throws. */
export async function answerPage(
  place: PagePlace,
  path: string,
  query: URLSearchParams,
): Promise<PageAnswer> {
  const { status, page } = await pageAt(place, path, query);
  return { status, headers: HEADERS, body: documentOf(page, path, toldAt(place)) };
}

async function pageAt(
  place: PagePlace,
  path: string,
  query: URLSearchParams,
): Promise<Readonly<{ status: number; page: Page }>> {
  try {
    for (const route of ROUTES) {
      const names = namesIn(route.path.exec(path)?.slice(1));
      const page = names === undefined ? null : await route.page(place, names, query);
      if (page !== null) return { status: 200, page };
    }
    return { status: 404, page: troublePage('Not found', `There is nothing at ${path}.`) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: statusOf(error), page: troublePage('Could not be read', message) };
  }
}

/** What an address names; undefined where it names nothing, as `%E0%A4%A` does, which is no text. */
function namesIn(parts: readonly string[] | undefined): readonly string[] | undefined {
  try {
    return parts?.map((part) => decodeURIComponent(part));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** What could not be read is said, and is no empty page. */
function troublePage(title: string, message: string): Page {
  return { title, body: html`<p class="UNKNOWN">${message}</p>`, isLive: false };
}

function toldAt({ now, definitionNow }: PagePlace): string {
  try {
    const { timeZone } = definitionNow().pipeline;
    return `Read at ${localTime(now(), timeZone)}; times are those of ${timeZone}, the pipeline's zone.`;
  } catch {
    return `Read at ${now()}; the pipeline could not be read.`;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
