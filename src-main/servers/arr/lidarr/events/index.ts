/** Events: does in the library what events of Lidarr ask for, and keeps our tags in the files. Owns no tables. */
export { accept } from './accept';
export { type EventDeps, type EventOrigin, trackAt } from './event-context';
export { createPostedChanges, type FileChange, type PostedChanges } from './posted-changes';
export { createProcessEvent } from './process-event';
export { createTagGuard } from './tag-guard';
