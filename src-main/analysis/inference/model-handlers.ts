import type { HandlersOf } from '../../rpc';
import type { modelsContract } from './contract';
import { whyNoInference } from './session';
import type { ModelStore } from './store';

export function modelsHandlers(store: ModelStore): HandlersOf<typeof modelsContract> {
  return {
    list: () => ({
      models: store.list(),
      publisher: store.catalogue.publisher,
      licence: store.catalogue.licence,
      unavailable: whyNoInference() ?? null,
    }),
    install: async ({ name, acceptLicence }, { signal }) => ({
      installed: await store.install(name, { acceptLicence, signal }),
    }),
    import: ({ folder }) => store.importFolder(folder),
    remove: async ({ name }) => ({ removed: await store.remove(name) }),
  };
}
