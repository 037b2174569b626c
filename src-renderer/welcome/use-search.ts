import type { Library } from '../../src-main/library/libraries/contract';
import { useLibraries, useScanProgress } from '../libraries';
import { count } from '../ui';

interface Search {
  /** How far the look through the new folder is. */
  readonly text: string;
  /** The libraries, once none of them is being scanned any more. */
  readonly ended: readonly Library[] | undefined;
}

/** The look for music in the folder that was just added. */
export function useSearch(): Search {
  const { data: libraries = [] } = useLibraries();
  const progress = useScanProgress(libraries.at(-1)?.id ?? 0);
  const hasEnded = libraries.length > 0 && !libraries.some(isStillSearched);
  const text = progress?.found ? `Looking for music: ${count(progress.found, 'file')} so far` : 'Looking for music …';
  return { text, ended: hasEnded ? libraries : undefined };
}

const isStillSearched = ({ state, stateMessage }: Library) =>
  state === 'scanning' || (state === 'pending' && stateMessage === null);
