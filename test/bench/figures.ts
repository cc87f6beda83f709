/** A number that the bench prints, and what it must keep to. */
export type Figure = Readonly<{
  what: string;
  /** As measured; rounded only where it is printed. Null: it could not be measured, and `note` says why. */
  value: number | null;
  unit: string;
  atMost: number | null;
  atLeast: number | null;
  note: string | null;
}>;

type Bounds = Readonly<{ atMost?: number | null; atLeast?: number | null; note?: string }>;

export type Figures = Readonly<{
  add: (what: string, value: number, unit: string, bounds?: Bounds) => void;
  /** A figure with a bound that nobody measured. It is not missed, and it says so. */
  notChecked: (what: string, reason: string) => void;
  all: readonly Figure[];
}>;

export function figureList(): Figures {
  const all: Figure[] = [];
  return {
    all,
    add: (what, value, unit, { atMost = null, atLeast = null, note } = {}) =>
      void all.push({ what, value, unit, atMost, atLeast, note: note ?? null }),
    notChecked: (what, reason) =>
      void all.push({
        what,
        value: null,
        unit: '',
        atMost: null,
        atLeast: null,
        note: `NOT CHECKED: ${reason}`,
      }),
  };
}

/** A figure that is no number misses every bound it has. */
export function isMissed({ value, atMost, atLeast }: Figure): boolean {
  if (value === null) return false;
  return (atMost !== null && !(value <= atMost)) || (atLeast !== null && !(value >= atLeast));
}

export function figureLine(figure: Figure): string {
  const { what, value, unit, atMost, atLeast, note } = figure;
  const bounds = [
    ...(atLeast === null ? [] : [`at least ${rounded(atLeast)} ${unit}`]),
    ...(atMost === null ? [] : [`at most ${rounded(atMost)} ${unit}`]),
  ].join(', ');
  const bound = bounds === '' ? '' : `  (${bounds}${isMissed(figure) ? ': MISSED' : ''})`;
  const remark = note === null ? '' : `  ${note}`;
  const shown = value === null ? '-' : String(rounded(value));
  return `${what.padEnd(64)} ${shown.padStart(10)} ${unit}${bound}${remark}`;
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
