import { onMessage } from './on-message.ts';

onMessage('start-run', 'phasegate-start');
