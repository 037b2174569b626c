import { aniworldErrors } from '../compat/aniworld';
import { nomarrErrors } from '../compat/nomarr';
import { qbitrrErrors } from '../compat/qbitrr';
import { stillwaterErrors } from '../compat/stillwater';
import { type ErrorFamily, tonearmErrors } from '../rpc';

/** Every shape that failures are told in over HTTP. */
export const ERROR_FAMILIES: readonly ErrorFamily[] = [
  tonearmErrors,
  nomarrErrors,
  stillwaterErrors,
  aniworldErrors,
  qbitrrErrors,
];
