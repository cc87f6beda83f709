const KIB = 1024;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `45 s`, `12 min`, `3 h 05 min`, `24 h`: to the second below two minutes, then to the minute. */
export function duration(seconds: number): string {
  if (seconds < 119.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  const hours = `${Math.floor(minutes / 60)} h`;
  return rest === 0 ? hours : `${hours} ${String(rest).padStart(2, '0')} min`;
}

/** `1.3 GiB`: in the largest unit of which there is one. */
export function byteSize(bytes: number): string {
  const power = Math.min(
    UNITS.length - 1,
    Math.max(0, Math.floor(Math.log(bytes) / Math.log(KIB))),
  );
  const amount = bytes / KIB ** power;
  return `${power === 0 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[power]}`;
}

/** `USD 0.12`; less than a cent with five decimals, so that the least that a statement is billed for is no zero. */
export function dollars(usd: number): string {
  return `USD ${usd.toFixed(usd > 0 && usd < 0.01 ? 5 : 2)}`;
}
