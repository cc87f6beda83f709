import { isKind } from '../../core/errors.ts';
import { CLOUD, inWorld } from '../../core/view/in-world.ts';
import { readEvidence } from '../../edge/evidence-text.ts';
import { damagedGatePage, gatePage } from '../../page/gate-view.ts';
import { explainGate } from './explain-gate.ts';
import type { PageRoute } from './page-route.ts';
import { reading } from './reading.ts';

export const GATE_ROUTE: PageRoute = {
  path: /^\/gates\/([A-Za-z0-9_-]+)$/,
  async page(place, [id = ''], query) {
    const { evidence: store, definitionNow, world } = place;
    try {
      const evidence = readEvidence(id, await store.get(id));
      const isAsked = query.get('why') === '1' && evidence.trouble === null;
      return gatePage({
        evidence,
        timeZone: evidence.tables[0]?.facts.timeZone ?? definitionNow().pipeline.timeZone,
        why: isAsked ? await reading(() => explainGate(place, evidence)) : null,
        again: world === CLOUD ? null : inWorld(`npx phasegate gate --evidence ${id}`, world),
      });
    } catch (error) {
      if (isKind(error, 'not-found')) return null;
      if (isKind(error, 'invalid-input')) return damagedGatePage(id, error.message);
      throw error;
    }
  },
};
