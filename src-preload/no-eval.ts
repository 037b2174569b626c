import { z } from 'zod';

// The content policy forbids code made from text; zod would try it with every schema and be refused each time.
z.config({ jitless: true });
