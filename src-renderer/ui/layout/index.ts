/** The frame of every screen and the groups in it. */
export { Page, Panel } from './Page';
