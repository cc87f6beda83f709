import type { Finding } from '../core/monitor/finding.ts';
import type { Look } from './observe.ts';

/**
 * A look that saw all there is: what it did not find is over.
 *
 * @param looked how much there was to look at: of nothing nothing is shown
 */
export function wholeLook(findings: readonly Finding[], looked: number, message: string): Look {
  const verdict = findings.length > 0 ? 'FAIL' : looked === 0 ? 'IDLE' : 'PASS';
  return { verdict, message, findings, isOver: () => true, evidence: null };
}
