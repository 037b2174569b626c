import { AppError } from '../../../../rpc';

/** A file that may be opened by its own shop alone: no other decoder is to be asked. */
export class CopyProtectedError extends AppError {
  constructor() {
    super('unsupported_file', 'This file is copy-protected (DRM). Only its own shop can open it.', {
      details: [{ isCopyProtected: true }],
    });
  }
}
