/** Models: what is installed, and what can be had. */
export { InstallBackbone } from './Backbone';
export { backbonesOf } from './backbones';
export { models } from './feature';
export { useIsAnyInstalling, useModels } from './use-models';
