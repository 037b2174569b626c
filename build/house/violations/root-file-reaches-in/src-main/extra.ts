export { row } from './library/tracks/row';
