import { EventEmitter } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { utilityProcess } from '../../../test/support/electron/utility-process';
import { INFERENCE_FLAGS } from '../../analysis/inference';
import type { Toolkit } from './desktop-parts';
import { createElectronHost } from './electron-host';

it('starts workers with the same flags for V8 as plain Node does', async () => {
  const entry = join(mkdtempSync(join(tmpdir(), 'tonearm-')), 'entry.mjs');
  writeFileSync(entry, 'process.parentPort.postMessage(process.execArgv);');
  const toolkit = { app: new EventEmitter(), utilityProcess } as unknown as Pick<Toolkit, 'app' | 'utilityProcess'>;
  const worker = await createElectronHost(toolkit, { infer: { entry, flags: INFERENCE_FLAGS } }).spawn('infer', {
    name: 'worker 1',
  });
  const execArgv = await new Promise((resolve) => worker.onMessage(resolve));
  const ended = new Promise((resolve) => worker.onExit(resolve));
  expect(execArgv).toEqual(expect.arrayContaining([...INFERENCE_FLAGS]));
  worker.kill();
  await ended;
});
