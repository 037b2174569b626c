import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findPaths } from './paths';

it('takes the folder of the command line before the environment’s, and that before the usual one', () => {
  const env = { TONEARM_DATA: '/env', TONEARM_MODELS: '/models', HOME: '/home/x', XDG_DATA_HOME: '/xdg' };
  expect(findPaths({ data: '/given', models: ['/a', '/b'] }, env)).toMatchObject({
    data: resolve('/given'),
    extraModels: [resolve('/a'), resolve('/b')],
  });
  expect(findPaths({}, env)).toMatchObject({
    data: resolve('/env'),
    database: join(resolve('/env'), 'tonearm.db'),
    extraModels: [resolve('/models')],
  });
  expect(findPaths({}, {}).data).toMatch(/tonearm$/i);
  expect(findPaths({}, { TONEARM_DATA: '' }).data, 'an empty variable is none').toBe(findPaths({}, {}).data);
  expect(() => findPaths({ data: '' }, env)).toThrow('A path is empty.');
});
