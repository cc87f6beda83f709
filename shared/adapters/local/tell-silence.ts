import type { Monitoring } from '../../ports/monitoring.ts';
import type { Notifier } from '../../ports/world.ts';
import { LONGEST_SILENCE_SECONDS, secondsSinceLastDigest } from '../../shell/digest-silence.ts';

/** Says, once a day, that the digest itself does not come. */
export async function tellSilence(monitoring: Monitoring, notifier: Notifier): Promise<void> {
  const seconds = await secondsSinceLastDigest(monitoring);
  if (seconds === null || seconds <= LONGEST_SILENCE_SECONDS) return;
  const hours = Math.floor(seconds / 3600);
  const day = monitoring.now().slice(0, 10);
  const text = `no digest has come for ${hours} hours`;
  const cause = 'digest/silent';
  await notifier.tell({ run: null, key: `${cause}/${day}`, cause, text, severity: 'critical' });
}
