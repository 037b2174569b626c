import { processEndpoint } from '../../../platform/worker-process';
import { createWorker } from './worker';

// A rejection that nobody handles only warns in Electron's utility process; a worker in doubt had better die.
process.on('unhandledRejection', (reason) => {
  console.error(reason);
  process.exit(1);
});

createWorker(processEndpoint(), () => process.exit(0));
