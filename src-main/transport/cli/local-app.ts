import { createApp } from '../../app';
import type { AppPaths } from '../../platform/paths';
import { nodeHost } from '../serve';
import type { LocalApp } from './terminal';

/** Opens the library in this process, under plain Node. Nothing works on the queue before `start`. */
export function openLocalApp(paths: AppPaths): Promise<LocalApp> {
  return createApp(paths, nodeHost(paths));
}
