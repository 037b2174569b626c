import { api, queryClient, saveFile } from '../api';
import { attempt, count, tellDone } from '../ui';

function refresh() {
  const calls = [api.calibration.versions, api.calibration.preview, api.tagging.stale, api.queue.list];
  for (const call of calls) void queryClient.invalidateQueries({ queryKey: [call.procedureName] });
}

async function change<T>(action: () => Promise<T>, words: (value: T) => string): Promise<boolean> {
  const isDone = await attempt(action, words);
  refresh();
  return isDone;
}

export const measureLibrary = () =>
  change(
    () => api.calibration.generate({}),
    ({ calibration }) => `Calibration ${calibration.id} is measured. Look at what it would change.`,
  );

export const applyVersion = (id: number, rewriteTags: boolean) =>
  change(() => api.calibration.activate({ id, rewriteTags }), decided);

export const applyRawScores = (rewriteTags: boolean) =>
  change(() => api.calibration.rollBack({ toNone: true, rewriteTags }), decided);

export const rollBack = () => change(() => api.calibration.rollBack({}), decided);

const decided = ({ queued }: { queued: number }) => `The moods of ${count(queued, 'track')} are decided anew.`;

/** Saves the bundle, which holds all heads of a version. */
export async function exportVersion(id: number): Promise<void> {
  await attempt(
    async () => {
      const { files } = await api.calibration.export({ id });
      const bundle = files.find(({ content }) => 'metadata' in content)!;
      return saveFile(bundle.name, JSON.stringify(bundle.content, null, 2), 'application/json');
    },
    (isSaved) => (isSaved ? `Calibration ${id} is saved.` : undefined),
  );
}

export async function importFiles(chosen: FileList): Promise<void> {
  // The browser empties the list once this turn is over.
  const all = [...chosen];
  await change(
    async () => {
      const files = await Promise.all(all.map(async (file) => ({ name: file.name, content: await file.text() })));
      return api.calibration.import({ files });
    },
    ({ calibration, skipped_tags }) => {
      if (skipped_tags.length > 0)
        tellDone(`Left, as they are not known here: ${count(skipped_tags.length, 'label')}.`);
      return `Calibration ${calibration.id} is imported. Look at what it would change.`;
    },
  );
}
