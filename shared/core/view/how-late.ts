/** `45 min`, `3 h`, `2 days`: rounded down, in the largest unit that says something. */
export function howLate(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours >= 1 ? `${hours} h` : `${Math.floor(ms / 60_000)} min`;
}
