import { type AlarmClock, steadyClock, within } from '../../../platform/clock';
import type { WorkerHost } from '../../../platform/worker-process';
import { AppError } from '../../../rpc';
import type { Inspect, Inspected } from '../session';
import type { FromWorker, ToWorker } from '../worker';
import { INFER } from './worker-process';

const TIMEOUT_MS = 60_000;

/** Looks into models in a worker of its own, so that a file that brings ONNX Runtime down does not do so here. */
export function createInspector(host: WorkerHost, clock: AlarmClock = steadyClock): Inspect {
  return async (file, name, kind) => {
    const channel = await host.spawn<ToWorker, FromWorker>(INFER, { name: 'inspect', reads: [file] });
    try {
      const answer = new Promise<Inspected>((resolve, reject) => {
        channel.onExit(() => reject(unusable(name)));
        channel.onMessage((message) => {
          if (message.type === 'inspected') resolve(message.inspected);
          if (message.type === 'failed') reject(new AppError(message.failure.code, message.failure.message));
        });
        channel.post({ type: 'inspect', jobId: 0, file, name, kind });
      });
      if (await within(clock, TIMEOUT_MS, answer)) return await answer;
      throw unusable(name);
    } finally {
      channel.kill();
    }
  };
}

const unusable = (name: string) =>
  new AppError('invalid_input', `${name} brings the analyzer down; it cannot be used.`);
