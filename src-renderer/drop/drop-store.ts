import { create } from 'zustand';
import type { DropPlan } from '../../src-main/transport/shell/contract';
import { api, isWindow } from '../api';
import { queuedWords } from '../queue';
import { attempt, tellFailed } from '../ui';

interface DropState {
  /** Something is held over the page. */
  isOver: boolean;
  /** Dropped paths, and what could be done with them once that is known. */
  paths: string[] | undefined;
  plan: DropPlan | undefined;
  /** In a browser, files have no paths: the page can only explain. */
  isExplaining: boolean;
}
const NOTHING: DropState = { isOver: false, paths: undefined, plan: undefined, isExplaining: false };

export const useDropStore = create<DropState>()(() => NOTHING);
export const hover = (isOver: boolean) => useDropStore.setState({ isOver });
export const endDrop = () => useDropStore.setState(NOTHING);

/** Takes what was dropped. Nothing is done with it yet; the person is asked first. */
export function takeFiles(files: File[]): void {
  if (!isWindow || !window.tonearm) {
    useDropStore.setState({ ...NOTHING, isExplaining: true });
    return;
  }
  const paths = window.tonearm.pathsOf(files);
  if (paths.length === 0) tellFailed('These are not files of this machine.');
  else void planPaths(paths);
}

/** Looks through files and folders and shows what could be done with them. */
export async function planPaths(paths: string[]): Promise<void> {
  if (paths.length === 0) return;
  useDropStore.setState({ ...NOTHING, paths });
  const isPlanned = await attempt(async () => {
    const plan = await api.shell.planDrop({ paths });
    if (useDropStore.getState().paths === paths) useDropStore.setState({ plan });
  });
  if (!isPlanned) endDrop();
}

/** Does what the plan said: new folders become libraries, what lies inside one is queued. */
export async function carryOut(plan: DropPlan): Promise<boolean> {
  const isDone = await attempt(
    async () => {
      for (const { path } of plan.newFolders) {
        const library = await api.libraries.add({ root_path: path });
        if (library.state !== 'scanning') await api.libraries.scan({ id: library.id });
      }
      const paths = plan.inside.map(({ path }) => path);
      return paths.length > 0 ? await api.queue.tag({ paths, only_due: true }) : undefined;
    },
    (queued) => (queued ? queuedWords(queued) : 'The analysis begins. The queue shows how far it is.'),
  );
  if (isDone) endDrop();
  return isDone;
}
