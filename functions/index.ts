import './api.ts';
import './dashboard.ts';
import './launch-phase.ts';
import './monitor.ts';
import './notify.ts';
import './on-job-finished.ts';
import './reconcile.ts';
import './start-run.ts';
import './validation-gate.ts';
import { refuseWrongEnvironment } from './environment.ts';

refuseWrongEnvironment();
