import { onMessage } from './on-message.ts';

onMessage('monitor', 'phasegate-monitor-due');
