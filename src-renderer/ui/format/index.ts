/** Numbers, times and sizes as people read them. */
export * from './words';
