import type { AppPaths } from '../../platform/paths';
import type { LocalApp } from './terminal';

/** Opens the library in this process, under plain Node. Nothing works on the queue before `start`. */
export async function openLocalApp(paths: AppPaths): Promise<LocalApp> {
  const [{ createApp }, { nodeHost }] = await Promise.all([import('../../app'), import('../serve')]);
  return createApp(paths, nodeHost(paths));
}
