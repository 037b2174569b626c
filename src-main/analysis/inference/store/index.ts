/** The model store: catalogue, download, import and removal of models. */

export { createModelStore, type ModelStore } from './model-store';
