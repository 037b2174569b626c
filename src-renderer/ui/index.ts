/** What every screen is made of; knows no domain. */
export * from './dialog';
export * from './feedback';
export * from './form';
export * from './format';
export * from './grid';
export * from './icons';
export * from './layout';
export * from './theme';
