import { serveReaders } from '../files/contained-readers';
import { processEndpoint } from '../platform/worker-process';
import { FILE_READERS } from './file-reader-set';

serveReaders(FILE_READERS, processEndpoint());
