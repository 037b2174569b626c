import { expect, it } from 'vitest';
import { shellHandlers } from './handlers';

it('says where a text could not be saved', async () => {
  const filePath = '/nowhere/at/all/Mix.m3u8';
  const dialog = { showSaveDialog: async () => ({ canceled: false, filePath }) };
  const handlers = shellHandlers({
    toolkit: { dialog, shell: {} } as never,
    app: {} as never,
    window: () => ({}) as never,
  });
  await expect(handlers.saveText({ fileName: 'Mix.m3u8', content: '' }, { transport: 'window' })).rejects.toMatchObject(
    {
      code: 'not_writable',
      message: `${filePath} cannot be written (ENOENT).`,
    },
  );
});
