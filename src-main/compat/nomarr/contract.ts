import { inFamily } from '../../rpc';
import { libraryProcedures } from './library-contract';
import { queueProcedures } from './queue-contract';
import { systemProcedures } from './system-contract';

export const nomarrContract = inFamily('nomarr', { ...queueProcedures, ...libraryProcedures, ...systemProcedures });
