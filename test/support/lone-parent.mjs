/** Starts a worker on a long file and says its process id once it is at it; then it is killed by the test. */
import { fork } from 'node:child_process';

const [entry, models, file] = process.argv.slice(2);
const options = { preset: 'precise', descriptors: false, minDurationS: 0, expectedDurationS: 600 };
const child = fork(entry, [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] });
child.send({ type: 'configure', models: JSON.parse(models) });
child.send({ type: 'analyze', jobId: 1, file, options });
child.on('message', (message) => {
  if (message.type === 'progress') process.send(child.pid);
});
