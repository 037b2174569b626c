/**
 * Requirements: what tests need of the machine beside Node and the packages of npm, asked for in this one place. A
 * test that lacks something is skipped by name, and the end of a run says how many each thing costs and what brings it.
 */
export { electronBinary } from './circumstances';
export { isHere, pathOf } from './requirements';
export { requires } from './requires';
