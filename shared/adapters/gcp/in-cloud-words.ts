import { CLOUD, commandsInWorld } from '../../core/view/in-world.ts';
import type { Notifier } from '../../ports/world.ts';

/** Tells people commands as they must be typed for the cloud; who composed them knew of no world. */
export function inCloudWords(notifier: Notifier): Notifier {
  const cloudly = (text: string) => commandsInWorld(text, CLOUD);
  return {
    tell({ parts, ...alert }) {
      const said = { ...alert, text: cloudly(alert.text) };
      if (parts === undefined) return notifier.tell(said);
      const next = parts.next === null ? null : cloudly(parts.next);
      return notifier.tell({ ...said, parts: { ...parts, lines: parts.lines.map(cloudly), next } });
    },
  };
}
