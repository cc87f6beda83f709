import type { ChannelHealth } from './channel-health.ts';
import type { Told } from './telling.ts';

/** Through which channels a test of them went. */
export type Tested = Readonly<{ channels: readonly string[] }>;

/** What those who tell people remember together, by its id. */
export type AlertRecord =
  | (Readonly<{ what: 'told' }> & Told)
  | (Readonly<{ what: 'health' }> & ChannelHealth)
  | (Readonly<{ what: 'tested' }> & Tested);

export type RecordOf<What extends AlertRecord['what']> = Extract<AlertRecord, { what: What }>;

export const toldId = (channel: string, cause: string) => `told ${channel} ${cause}`;
export const healthId = (channel: string) => `health ${channel}`;
export const testedId = (key: string) => `tested ${key}`;
