import { serveReader } from './database';
import { readerQueries } from './reader-queries';

serveReader(readerQueries);
