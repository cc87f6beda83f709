import { onMessage } from './on-message.ts';

onMessage('validation-gate', 'phasegate-gate-requested');
