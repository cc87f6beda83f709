import { onMessage } from './on-message.ts';

onMessage('launch-phase', 'phasegate-launch-requested');
