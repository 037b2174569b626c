/** Stands above the features, and reaches down into one. */
export { waiting as shown } from '../queue';
