/** The model store: catalogue, download, import and removal of models. */
export type { ImportResult } from './import-models';
export { createModelStore, type InstallOptions, type ModelStore, type StoreParts } from './model-store';
