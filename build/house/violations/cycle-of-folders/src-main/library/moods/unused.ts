export { a } from '../tracks';
