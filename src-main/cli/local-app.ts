import { createApp } from '../app';
import { nodeHost } from '../headless';
import type { AppPaths } from '../paths';
import type { LocalApp } from './connection';

/** Opens the library in this process, under plain Node. Nothing works on the queue before `start`. */
export function openLocalApp(paths: AppPaths): Promise<LocalApp> {
  return createApp(paths, nodeHost(paths));
}
