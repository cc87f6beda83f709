import { hasChromium } from '../../web/browser.ts';
import type { Figures } from '../figures.ts';
import { sideBySide } from '../gate/side-by-side.ts';
import { firstPaint } from './first-paint.ts';
import { largePage } from './large-page.ts';

const MAX_ANSWER_KILOBYTES = 200;
const MAX_OF_PARSE = 10;
const MAX_PAINT_SECONDS = 1;

/** What the grid of a large league takes as an answer and as a page, against reading the same days as plain JSON. */
export async function pageFigures(
  rounds: number,
  isBounded: boolean,
  figures: Figures,
): Promise<void> {
  const { answer, plain, render } = largePage();
  const what = 'grid of 20 tables, 10,000 days';
  const kilobytes = (text: string) => Buffer.byteLength(text) / 1024;
  const text = JSON.stringify(plain);
  const times = (work: () => unknown) => async () => {
    for (let n = 0; n < 5; n++) work();
  };
  const said = JSON.stringify(answer);
  const [parse, parseAnswer, page] = await sideBySide(rounds, [
    times(() => JSON.parse(text)),
    times(() => JSON.parse(said)),
    times(render),
  ]);
  if (parse === undefined || parseAnswer === undefined || page === undefined) {
    throw new Error('nothing was timed');
  }
  figures.add(`${what}: answer of the API`, kilobytes(said), 'KB', {
    atMost: MAX_ANSWER_KILOBYTES,
  });
  figures.add(`${what}: JSON.parse of its days`, (parse.seconds * 1000) / 5, 'ms', {
    note: `${Math.round(kilobytes(text))} KB as plain JSON`,
  });
  figures.add(`${what}: the page / JSON.parse of its days`, page.seconds / parse.seconds, 'x', {
    atMost: isBounded ? MAX_OF_PARSE : null,
    note: `${(page.seconds / parseAnswer.seconds).toFixed(1)} x that of the answer`,
  });
  figures.add(`${what}: the page`, kilobytes(render()), 'KB', {
    note: `made in ${((page.seconds * 1000) / 5).toFixed(1)} ms`,
  });
  const painted = `${what}: first paint in Chromium`;
  if (!hasChromium) {
    figures.notChecked(painted, 'Chromium is absent');
    return;
  }
  const paint = await firstPaint(render(), rounds);
  figures.add(painted, paint.median, 's', {
    atMost: isBounded ? MAX_PAINT_SECONDS : null,
    note: `the first time ${paint.first.toFixed(2)} s`,
  });
}
