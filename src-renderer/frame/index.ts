/** What stays around every screen: the sidebar, its keys, and the place where the screen is drawn. */
export { Frame } from './Frame';
