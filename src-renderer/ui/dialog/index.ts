/** Questions that have to be answered before going on. */
export { Dialog } from './Dialog';
export { RemovalDialog } from './RemovalDialog';
export { useModal } from './use-modal';
