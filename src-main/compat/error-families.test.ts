import { expect, it } from 'vitest';
import { AppError, type ErrorFamily, statusIn, toFailure } from '../rpc';
import { tonearmErrors } from '../rpc/tonearm-errors';
import { aniworldErrors } from './aniworld';
import { nomarrErrors } from './nomarr';
import { qbitrrErrors } from './qbitrr';
import { stillwaterErrors } from './stillwater';

const invalid = new AppError('invalid_input', 'name: has to be a text', {
  details: [{ path: 'name', message: 'has to be a text' }],
});
const limited = new AppError('rate_limited', 'Too many calls.', { details: [{ retryAfterS: 9 }] });
const missing = new AppError('not_found', 'There is no artist 7.');

/** What a client is told: status and body. */
const reported = (family: ErrorFamily, thrown: unknown) => {
  const failure = toFailure(thrown);
  const body = family.bodyOf(failure, 'abc');
  expect(family.body.parse(body)).toEqual(body);
  return [statusIn(family, failure.code), body];
};

it('tells our own clients and those of Nomarr the same', () => {
  const details = [{ path: 'name', message: 'has to be a text' }];
  const text = 'name: has to be a text';
  const body = { error: text, detail: text, code: 'invalid_input', details, request_id: 'abc' };
  expect(reported(tonearmErrors, invalid)).toEqual([400, body]);
  expect(reported(nomarrErrors, invalid)).toEqual([400, body]);
});

it('tells clients of Stillwater a sentence, and more of them where there is more to say', () => {
  expect(reported(stillwaterErrors, missing)).toEqual([404, { error: 'There is no artist 7.' }]);
  expect(reported(stillwaterErrors, invalid)).toEqual([
    400,
    { error: 'name: has to be a text', details: ['name: has to be a text'] },
  ]);
});

it('tells clients of Aniworld a code, a message and details by field, and 422 of input that does not fit', () => {
  const common = { success: false, request_id: 'abc' };
  expect(reported(aniworldErrors, invalid)).toEqual([
    422,
    {
      ...common,
      error: 'VALIDATION_ERROR',
      message: 'name: has to be a text',
      details: { name: 'has to be a text' },
    },
  ]);
  expect(reported(aniworldErrors, missing)).toEqual([
    404,
    { ...common, error: 'NOT_FOUND_ERROR', message: 'There is no artist 7.', details: {} },
  ]);
  expect(reported(aniworldErrors, limited)).toEqual([
    429,
    {
      ...common,
      error: 'RATE_LIMIT_ERROR',
      message: 'Too many calls.',
      details: { retry_after: 9 },
      detail: 'Too many calls.',
    },
  ]);
});

it('tells clients of qBitrr a sentence and a code, its own where a handler knows it', () => {
  expect(reported(qbitrrErrors, invalid)).toEqual([
    400,
    {
      error: 'name: has to be a text',
      code: 'VALIDATION_ERROR',
      details: { parameter: 'name', constraint: 'has to be a text' },
    },
  ]);
  const category = new AppError('not_found', 'Unknown category', { details: [{ code: 'UNKNOWN_CATEGORY' }] });
  expect(reported(qbitrrErrors, category)).toEqual([404, { error: 'Unknown category', code: 'UNKNOWN_CATEGORY' }]);
  expect(reported(qbitrrErrors, new AppError('unauthorized', 'Log in.'))).toEqual([
    401,
    { error: 'Log in.', code: 'UNAUTHORIZED' },
  ]);
});
