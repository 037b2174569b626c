/** How the whole page looks: its tokens and ground rules in CSS, and the theme that was chosen on this machine. */
export { applyTheme, chooseTheme, type Theme, useTheme } from './theme';
