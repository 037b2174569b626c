/** Files and folders that come by a drop, or by what the desktop hands over. */
export { AddFiles } from './AddFiles';
export { DropZone } from './DropZone';
