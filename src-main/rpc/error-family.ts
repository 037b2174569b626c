import type { z } from 'zod';
import { ERROR_STATUS, type ErrorCode, type Failure } from './errors';

/** How failures are told to clients that were written for one program: the statuses and the body that it documents. */
export interface ErrorFamily<B extends z.ZodType = z.ZodType> {
  /** What procedures name it by. */
  readonly name: string;
  /** The statuses that differ from `ERROR_STATUS`. */
  readonly statuses?: Partial<Record<ErrorCode, number>>;
  /** What `bodyOf` gives, for the API's page. */
  readonly body: B;
  /** The JSON body of a failure; `requestId` is the one in the log. */
  bodyOf(failure: Failure, requestId: string | null): z.output<B>;
}

/** A family with its body checked against its schema by the compiler. */
export const errorFamily = <B extends z.ZodType>(family: ErrorFamily<B>): ErrorFamily => family;

export const statusIn = ({ statuses }: ErrorFamily, code: ErrorCode): number => statuses?.[code] ?? ERROR_STATUS[code];
