import { onMessage } from './on-message.ts';

onMessage('on-job-finished', 'phasegate-job-finished');
