import { serveReader } from '../platform/database';
import { readerQueries } from './reader-queries';

serveReader(readerQueries);
