import { deadFindings } from '../core/monitor/dead-findings.ts';
import type { Monitor } from '../core/monitor/monitor.ts';
import { counted } from '../core/view/counted.ts';
import type { Monitoring } from '../ports/monitoring.ts';
import type { Look } from './observe.ts';
import { wholeLook } from './whole-look.ts';

/** Looks for dead letters that wait. That there are none is a pass: somebody counted. */
export async function observeDead(
  { dead }: Pick<Monitoring, 'dead'>,
  { severity }: Pick<Monitor, 'severity'>,
): Promise<Look> {
  const piles = await dead.piles();
  const waiting = piles.reduce((sum, { messages }) => sum + messages, 0);
  const message = `${counted(waiting, 'dead letter')} waiting`;
  return wholeLook(deadFindings(piles, severity), 1, message);
}
