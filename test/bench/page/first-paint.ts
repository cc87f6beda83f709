import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, show } from '../../web/browser.ts';
import { median } from '../measure.ts';

const PAINTED = `new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime))
    .observe({ type: 'paint', buffered: true });
})`;

/** Seconds until Chromium has first painted a document from disk, each time without a cache: the median, and the first time. */
export async function firstPaint(
  document: string,
  times: number,
): Promise<Readonly<{ median: number; first: number }>> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-paint-'));
  const file = join(directory, 'page.html');
  writeFileSync(file, document);
  const browser = await openBrowser();
  try {
    const seconds: number[] = [];
    for (let n = 0; n < times; n++) {
      const { page, close } = await show(browser, `file://${file}`);
      seconds.push((await page.evaluate<number>(PAINTED)) / 1000);
      await close();
    }
    return { median: median(seconds), first: seconds[0] ?? Number.NaN };
  } finally {
    await browser.close();
    rmSync(directory, { recursive: true });
  }
}
