/** Tags that Nomarr wrote: recognised, counted and read. */
export { countNomarrTags, describeNomarr, NOMARR_NAMESPACE } from './nomarr-in-file';
export { countNomarrKeys, isNomarrKey, type NomarrScore } from './nomarr-keys';
