/** The model store: catalogue, download, import and removal of models, and what was made of them. */

export { createModelStore, type ModelStore } from './model-store';
export type { Optimise } from './optimised-models';
