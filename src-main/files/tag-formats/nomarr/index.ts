/** Tags that Nomarr wrote: recognised, counted and read. */
export { countNomarrFields, describeNomarr, NOMARR_NAMESPACE } from './nomarr-in-file';
export { countNomarrKeys, isNomarrKey, type NomarrScore } from './nomarr-keys';
