import { expect, it } from 'vitest';
import { NO_MODELS } from '../session/model-set';
import { poolSize, poolSizeHere } from './pool-size';

const GB = 1024 ** 3;
const machine = { wanted: 0, cores: 8, freeBytes: 16 * GB, footprintBytes: GB / 4, isOnBattery: false };

it('leaves one core and one gigabyte to everything else', () => {
  expect(poolSize(machine)).toBe(7);
  expect(poolSize({ ...machine, freeBytes: 1.6 * GB })).toBe(2);
});

it('always has one worker, and one only on battery', () => {
  expect(poolSize({ ...machine, cores: 1 })).toBe(1);
  expect(poolSize({ ...machine, freeBytes: 0 })).toBe(1);
  expect(poolSize({ ...machine, wanted: 4, isOnBattery: true })).toBe(1);
});

it('does what the setting says, but for the memory', () => {
  expect(poolSize({ ...machine, wanted: 12 })).toBe(12);
  expect(poolSize({ ...machine, wanted: 12, freeBytes: 2 * GB })).toBe(4);
});

it('finds a number for this machine', () => {
  expect(poolSizeHere(1, NO_MODELS)).toBe(1);
});
