import { firestoreEmulator, pubsubEmulator } from '../../cloud/emulators.ts';
import type { Figures } from '../figures.ts';
import { burstOnFirestore } from './burst-on-firestore.ts';
import { handOverOnEmulators } from './hand-over-on-emulators.ts';
import { firstStartFigure, startFigures } from './start-figures.ts';

export type CloudBench = Readonly<{ directory: string; isSmall: boolean }>;

/** What the functions cost: their start, and on Google's emulators a hand-over and many jobs that end at once. */
export async function cloudFigures(
  { directory, isSmall }: CloudBench,
  figures: Figures,
): Promise<void> {
  const isBounded = !isSmall;
  const starts = { directory, rounds: isSmall ? 2 : 15, isBounded };
  await startFigures(starts, figures);
  const [firestore, pubsub] = await Promise.all([firestoreEmulator(), pubsubEmulator()]);
  try {
    if (firestore === null || pubsub === null) {
      const reason = "Google's emulators are absent";
      figures.notChecked('hand-over on the emulators', reason);
      figures.notChecked('200 jobs end at once on Firestore', reason);
      return;
    }
    await firstStartFigure(starts, { firestore, pubsub }, figures);
    await handOverOnEmulators({ firestore, pubsub, runs: isSmall ? 1 : 8, isBounded }, figures);
    await burstOnFirestore(firestore.host, figures);
  } finally {
    await Promise.all([firestore?.stop(), pubsub?.stop()]);
  }
}
