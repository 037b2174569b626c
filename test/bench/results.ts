import { join } from 'node:path';
import { figuresIn } from '../support/figures';

export const record = figuresIn(
  join(import.meta.dirname, 'RESULTS.md'),
  '# Benchmarks\n\nMeasured by `npm run bench`; each section says when and on what.\n',
);
