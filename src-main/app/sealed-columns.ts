import { SEALED_AUTHENTICATOR } from '../platform/auth';
import type { SealedColumn } from '../platform/sealing';
import { SEALED_TOKEN } from '../servers/arr/lidarr';
import { SEALED_SECRET } from '../servers/connections';

/** Every column with sealed values; what was sealed in an older format is sealed anew at the start. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [SEALED_SECRET, SEALED_TOKEN, SEALED_AUTHENTICATOR];
