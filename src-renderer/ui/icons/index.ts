/** The drawings that stand beside words. */
export { Icon, type IconName } from './icons';
