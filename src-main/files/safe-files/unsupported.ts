import { AppError } from '../../rpc';

/** The file is left alone, and the sentence says why. */
export function unsupported(reason: string): AppError {
  return new AppError('unsupported_file', reason);
}
