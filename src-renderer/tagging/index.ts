/** Writing the tags of many tracks: the plan, its confirmation, how it goes, and the way back. */
export { tagging } from './feature';
export { StaleTags } from './StaleTags';
export { planWrite, type WriteChoice } from './write-actions';
