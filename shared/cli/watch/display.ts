import type { Watched } from '../../core/view/progress.ts';
import { progressBlock } from '../../core/view/progress-block.ts';
import { isLasting, isTold, progressLines } from '../../core/view/progress-event-lines.ts';
import type { ProgressEvent } from '../../core/view/progress-events.ts';
import { fold } from '../../core/view/wrap.ts';
import type { Output } from '../output.ts';

/** How a watcher tells what it sees. */
export type Display = Readonly<{
  tell(event: ProgressEvent): void;
  draw(watched: Watched): void;
}>;

/** Elsewhere than on a terminal the days of a table are told so often at most. */
const DAYS_EVERY_MS = 30_000;

/** One JSON object a fact; a block that redraws itself, and what ended above it, on a terminal; elsewhere lines. */
export function displayOn(output: Output, isJson: boolean): Display {
  if (isJson) {
    const tell = ({ event, ...rest }: ProgressEvent) => output.json({ event, ...rest });
    return { tell, draw: () => undefined };
  }
  const say = (event: ProgressEvent) => {
    for (const line of progressLines(event).flatMap((each) => fold(each))) output.note(line);
  };
  const { draw } = output;
  if (draw === null) return { tell: plainly(say), draw: () => undefined };
  return {
    tell: (event) => {
      if (isLasting(event)) say(event);
    },
    draw: (watched) => draw((size) => progressBlock(watched, size)),
  };
}

function plainly(say: (event: ProgressEvent) => void): (event: ProgressEvent) => void {
  const told = new Map<string, number>();
  return (event) => {
    if (!isTold(event)) return;
    if (event.event === 'launch-confirmed') told.set(event.table, Date.parse(event.at));
    if (event.event === 'days-written') {
      const at = Date.parse(event.at);
      const isWhole = event.done + event.failed >= event.of;
      if (!isWhole && at - (told.get(event.table) ?? 0) < DAYS_EVERY_MS) return;
      told.set(event.table, at);
    }
    say(event);
  };
}
