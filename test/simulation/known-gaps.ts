/** What the shell is known not to keep yet; each is counted instead of being a violation. Set to false what was mended. */
export const KNOWN_GAPS = {
  /** A start whose request was posted and is not folded yet is no live run for the next one. */
  overlappingStarts: false,
  /** A slow handler launches an attempt that its run gave up meanwhile. */
  abandonedLaunches: false,
  /** A scan that is refused counts as days without rows, and a plan writes them all. */
  refusedScans: false,
} satisfies Record<string, boolean>;
