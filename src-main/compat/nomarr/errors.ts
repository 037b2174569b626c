import { errorFamily, tonearmErrors } from '../../rpc';

/** Nomarr's documents describe `error` and `detail`, which our own errors took over with the rest beside them. */
export const nomarrErrors = errorFamily({ ...tonearmErrors, name: 'nomarr' });
