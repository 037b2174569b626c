/**
 * Loaded before the built main process: gives it the stand-in when it asks for `electron`, and lets Node find the
 * stand-in's own TypeScript files by names without endings.
 */
import { registerHooks } from 'node:module';

const HERE = new URL('./', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: `${HERE}electron.ts`, shortCircuit: true };
    const isOurs = context.parentURL?.startsWith(HERE) && specifier.startsWith('.') && !specifier.endsWith('.ts');
    return next(isOurs ? `${specifier}.ts` : specifier, context);
  },
});
