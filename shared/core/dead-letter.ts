/** A message that nobody could handle, and why. */
export type DeadLetter = Readonly<{
  id: string;
  topic: string;
  data: string;
  reason: string;
  /** When it last died; null for one that died before anybody kept this. */
  diedAt: string | null;
  /** How often it died, sent again in between. */
  deaths: number;
}>;
