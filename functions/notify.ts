import { onMessage } from './on-message.ts';

onMessage('notify', 'phasegate-alerts');
