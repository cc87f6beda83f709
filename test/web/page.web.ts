import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openBrowser, seriousFindings, show } from './browser.ts';
import { crawl } from './crawl.ts';
import { demoUp, hasRealSeasons, realUp, type WorldUp } from './world-up.ts';

const PICTURES = 'reports/web';
const WIDTHS = [360, 1440];
const SCHEMES = ['light', 'dark'] as const;

/** What runs in the browser. */
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const FOCUS = `(() => {
  const element = document.activeElement;
  const { outlineStyle: outline } = getComputedStyle(element);
  return { text: element.textContent, href: element.getAttribute('href') ?? '', outline };
})()`;
type Focus = Readonly<{ text: string; href: string; outline: string }>;

const WORLDS = [
  { name: 'demo', open: demoUp, isThere: true },
  { name: 'real', open: realUp, isThere: hasRealSeasons },
];

describe.skipIf(!hasChromium).each(WORLDS)(
  'the page of the $name world',
  ({ name, open, isThere }) => {
    let browser: Browser;
    let world: WorldUp;
    let paths: ReadonlyMap<string, readonly string[]>;

    beforeAll(async () => {
      if (!isThere) return;
      mkdirSync(PICTURES, { recursive: true });
      world = await open();
      browser = await openBrowser();
      paths = await crawl(browser, world.url);
    });
    afterAll(async () => {
      await browser?.close();
      await world?.close();
    });

    it.skipIf(!isThere)('has every view, and no link that leads nowhere', () => {
      const kinds = ['/', '/runs', '/tables', '/monitors', '/audit'];
      expect([...paths.keys()]).toEqual(expect.arrayContaining(kinds));
      for (const kind of ['/runs/', '/gates/', '/tables/', '/monitors/']) {
        expect([...paths.keys()].filter((path) => path.startsWith(kind))).not.toEqual([]);
      }
      expect([...paths].filter(([, complaints]) => complaints.length > 0)).toEqual([]);
    });

    describe.each(WIDTHS)('at %i pixels', (width) => {
      it.skipIf(!isThere).each(SCHEMES)(
        'has no serious finding of axe-core in the %s, and nothing wider than the window',
        async (colorScheme) => {
          const found: string[] = [];
          for (const path of paths.keys()) {
            const size = { viewport: { width, height: 900 }, colorScheme };
            const { page, close } = await show(browser, `${world.url}${path}`, size);
            const findings = await seriousFindings(page);
            const tooWide = await page.evaluate<number>(TOO_WIDE);
            const picture = `${name}${path.replaceAll(/[^\w.-]+/g, '_')}-${width}-${colorScheme}.png`;
            await page.screenshot({ path: `${PICTURES}/${picture}`, fullPage: true });
            found.push(...findings.map((each) => `${path} ${each}`));
            if (tooWide > 0) found.push(`${path} is ${tooWide} pixels too wide`);
            await close();
          }
          expect(found).toEqual([]);
        },
      );
    });

    it.skipIf(!isThere)('tells the same without JavaScript', async () => {
      for (const path of paths.keys()) {
        const texts = await Promise.all(
          [true, false].map(async (javaScriptEnabled) => {
            const shown = await show(browser, `${world.url}${path}`, { javaScriptEnabled });
            const text = await shown.page.textContent('main');
            await shown.close();
            return text?.replaceAll(/\s+/g, ' ');
          }),
        );
        expect(texts[1]).toMatch(/\w/);
        expect(texts[1]).toBe(texts[0]);
      }
    });

    it.skipIf(!isThere)(
      'leads by the keyboard alone from the first view to a gate of the run',
      async () => {
        const { page, close } = await show(browser, world.url);
        await page.keyboard.press('Tab');
        expect((await page.evaluate<Focus>(FOCUS)).text).toContain('Skip');
        await followByKeyboard(page, `/runs/${world.run}`);
        await followByKeyboard(page, '/gates/');
        expect(await page.textContent('main')).toMatch(/PASS|WARN|FAIL|UNKNOWN/);
        await close();
      },
    );
  },
);

type BrowserPage = Awaited<ReturnType<typeof show>>['page'];

/** Presses Tab until a link to such an address has the focus, which has to be seen, and then Enter. */
async function followByKeyboard(page: BrowserPage, to: string): Promise<void> {
  for (let pressed = 0; pressed < 300; pressed += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate<Focus>(FOCUS);
    if (!focus.href.startsWith(to)) continue;
    expect(focus.outline).not.toBe('none');
    await Promise.all([page.waitForURL(`**${focus.href}`), page.keyboard.press('Enter')]);
    return;
  }
  throw new Error(`no link to ${to} is reached by Tab`);
}
