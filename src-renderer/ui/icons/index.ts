/** The drawings that stand beside words. */
export { Icon, type IconName, iconNames } from './icons';
