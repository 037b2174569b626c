/** Lists of any length, walked through by keyboard. */
export { Grid } from './Grid';
export type { Column } from './grid-column';
export type { GridSelection } from './grid-selection';
