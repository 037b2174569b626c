import { expect, it } from 'vitest';
import { runtimeVersion, whyNoInference } from './runtime';

it('says why a machine without a binary cannot run models, instead of failing at the import', () => {
  expect(whyNoInference()).toBeUndefined();
  expect(whyNoInference('darwin', 'x64', false)).toContain('darwin on x64');
  expect(whyNoInference('darwin', 'x64')).toBeUndefined();
  expect(runtimeVersion()).toMatch(/^\d+\.\d+\.\d+$/);
});
