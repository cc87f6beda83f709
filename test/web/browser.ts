import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const hasChromium = existsSync(EXECUTABLE);
if (!hasChromium) {
  console.warn(`NOT CHECKED: ${EXECUTABLE} is absent, so nothing is proven in a browser`);
}

/** As root Chromium has no sandbox of its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
}

/** A page that a browser shows, and what it complained of: errors, refused resources, requests that failed. */
export type Shown = Readonly<{ page: Page; complaints: readonly string[]; close(): Promise<void> }>;

export async function show(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Shown> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  const answer = await page.goto(url);
  if (url.startsWith('http') && answer?.status() !== 200) {
    complaints.push(`${url} answered ${answer?.status()}`);
  }
  return { page, complaints, close: () => context.close() };
}

type Axe = Readonly<{
  run(): Promise<
    Readonly<{
      violations: readonly Readonly<{
        id: string;
        impact: string;
        nodes: readonly Readonly<{ target: readonly string[] }>[];
      }>[];
    }>
  >;
}>;

/** What axe-core finds on a page that is serious or critical, each with the places. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
