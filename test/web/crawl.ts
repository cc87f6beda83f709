import type { Browser } from 'playwright-core';
import { show } from './browser.ts';

const MOST_OF_A_KIND = 4;

/** `/runs/nba-…` is of the kind `/runs/`. */
const kindOf = (path: string) => path.replace(/(?<=^\/[^/]+\/).*/, '');

/**
 * Addresses that links lead to from the first view on, a few of each kind; each was loaded once.
 *
 * @returns every path with the complaints of its page
 */
export async function crawl(
  browser: Browser,
  url: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const seen = new Map<string, readonly string[]>();
  const ofKind = new Map<string, number>();
  const left = ['/'];
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    const count = ofKind.get(kindOf(path)) ?? 0;
    if (seen.has(path) || count >= MOST_OF_A_KIND) continue;
    ofKind.set(kindOf(path), count + 1);
    const { page, complaints, close } = await show(browser, `${url}${path}`);
    const links = await page.$$eval('a[href]', (all) =>
      all.map((each) => each.getAttribute('href') ?? ''),
    );
    seen.set(path, complaints);
    left.push(...links.filter((link) => link.startsWith('/')));
    await close();
  }
  return seen;
}
