/** The palette: every screen, action and track by its name, at a key. What it lists, features add. */
export { Palette } from './Palette';
export { openPalette } from './palette-store';
