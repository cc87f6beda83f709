import type { Instant } from '../../core/run.ts';
import type { DurationBar } from '../../core/view/duration-bars.ts';
import { html, type Markup, type Piece, trusted } from '../markup.ts';

export type { DurationBar } from '../../core/view/duration-bars.ts';

const WIDTH = 1000;

const LOOKS: Readonly<
  Record<
    DurationBar['outcome'],
    Readonly<{ colour: string; sign: string; bands: readonly (readonly [number, number])[] }>
  >
> = {
  ended: { colour: 'var(--link,#0b57b0)', sign: '✓', bands: [[0, 12]] },
  failed: {
    colour: 'var(--bad,#b3251e)',
    sign: '✗',
    bands: [
      [0, 3],
      [4.5, 3],
      [9, 3],
    ],
  },
  running: { colour: 'var(--link,#0b57b0)', sign: '▷', bands: [[4.5, 3]] },
};

/** Phases and launches on one axis of time, phase by phase in the order given. */
export function durationChart(bars: readonly DurationBar[], title: string): Markup {
  if (bars.length === 0) return html`<p>${title}: nothing was launched.</p>`;
  const first = Math.min(...bars.map(({ from }) => Date.parse(from)));
  const last = Math.max(...bars.map(({ to }) => Date.parse(to)));
  const phases = [...new Set(bars.map(({ phase }) => phase))];
  const length = Math.max(1, last - first);
  return html`<figure class="picture"><figcaption>${title} <span class="quiet">${lasted(length)} in all</span></figcaption>
<table class="strips">
<thead><tr><th scope="col">What</th><th scope="col" width="100%">Since the first began</th><th scope="col" class="number">Lasted</th></tr></thead>
${phases.map(
  (phase) => html`<tbody><tr><th scope="rowgroup" colspan="3">${phase}</th></tr>
${bars.filter((bar) => bar.phase === phase).map((bar) => rowOf(bar, first, length))}</tbody>
`,
)}<tbody aria-hidden="true"><tr><td></td><td>${axis(length)}</td><td></td></tr></tbody>
</table></figure>`;
}

function rowOf({ name, from, to, outcome }: DurationBar, first: number, length: number): Piece {
  const { colour, sign, bands } = LOOKS[outcome];
  const x = (instant: Instant) => ((Date.parse(instant) - first) * WIDTH) / length;
  const at = Math.floor(Math.min(x(from), WIDTH - 2));
  const width = Math.max(2, Math.round(x(to)) - at);
  const path = bands.map(([top, height]) => `M${at} ${top}h${width}v${height}h-${width}z`).join('');
  const told = lasted(Date.parse(to) - Date.parse(from));
  return html`<tr><th scope="row">${name}</th><td><svg role="img" width="100%" height="14" viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none"><title>${name}: ${outcome}, ${told}, from ${from} to ${to}</title>${trusted(`<path fill="${colour}" d="${path}"/>`)}</svg></td><td class="number"><span aria-hidden="true">${sign}</span> ${outcome === 'ended' ? '' : `${outcome}, `}${told}</td></tr>
`;
}

function axis(length: number): Markup {
  return html`<svg class="axis" width="100%" height="18" font-size="11" fill="var(--quiet,#57606a)">${[
    0, 25, 50, 75,
  ].map(
    (percent) =>
      html`<rect x="${percent}%" width="1" height="5"/><text x="${percent}%" y="15">${percent === 0 ? '0' : lasted((length * percent) / 100)}</text>`,
  )}</svg>`;
}

/** `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function lasted(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return `${Math.floor(ms)} ms`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}
