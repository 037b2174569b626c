/** Another, which needs the first that needs it. */
export { waiting } from '../queue';
export const line = 1;
