import { create } from 'zustand';
import type { Settings } from '../../src-main/app/contract';
import type { Library } from '../../src-main/library/libraries/contract';
import { api, keyOf, queryClient } from '../api';
import { addLibrary } from '../libraries';
import { attempt } from '../ui';

/** The first steps, in their order. */
export const STEPS = ['folder', 'quality', 'models', 'analysis'] as const;
export type Step = (typeof STEPS)[number];

interface WelcomeState {
  readonly step: Step;
  readonly folder: string;
  readonly autoWrite: boolean;
  /** Write the fields that every player knows, too. */
  readonly forAllPlayers: boolean;
  readonly preset: Settings['preset'];
}
export const useWelcome = create<WelcomeState>()(() => ({
  step: 'folder',
  folder: '',
  autoWrite: false,
  forAllPlayers: false,
  preset: 'precise',
}));

export const choose = (chosen: Partial<Omit<WelcomeState, 'step'>>) => useWelcome.setState(chosen);
export const goToStep = (step: Step) => useWelcome.setState({ step });

const change = async (changes: Partial<Settings>) =>
  queryClient.setQueryData(keyOf(api.settings.get, {}), await api.settings.update(changes));

/** Whether they were finished or skipped: they never come back. */
export const endWelcome = () =>
  attempt(async () => {
    await change({ welcomed: true });
    goToStep('folder');
  });

/** Forgets folders in which there was nothing, and asks for another. */
export const chooseAnotherFolder = (empty: readonly Library[]) =>
  attempt(async () => {
    for (const { id } of empty) await api.libraries.remove({ id });
    await change({ welcomed: false });
    await queryClient.invalidateQueries({ queryKey: keyOf(api.libraries.list) });
    goToStep('folder');
  });

/** Adds the folder and begins to analyze it. A folder that cannot be added is asked for once more. */
export async function beginAnalysis(): Promise<void> {
  const { preset, folder, autoWrite, forAllPlayers } = useWelcome.getState();
  goToStep('analysis');
  const isBegun =
    (await attempt(() => change({ preset, ...(forAllPlayers && { write_standard_fields: true }) }))) &&
    (await addLibrary({ root_path: folder.trim(), autoWrite }));
  if (!isBegun) return goToStep('folder');
  await attempt(() => change({ welcomed: true }));
}
