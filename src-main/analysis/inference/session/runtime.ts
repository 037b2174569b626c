import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { AppError } from '../../../rpc';

// Not called `require`: the bundler brings one of that name into every file.
const nodeRequire = createRequire(import.meta.url);

/**
 * Why this machine cannot run models, or undefined when it can. ONNX Runtime has no binary for some systems (Intel
 * Macs, musl), and loading it there would end in an exception that names no cause.
 */
export function whyNoInference(platform: string = process.platform, arch: string = process.arch): string | undefined {
  const library = runtimeFolder();
  if (!library) return 'ONNX Runtime is not installed.';
  if (existsSync(join(library, 'bin', 'napi-v6', platform, arch, 'onnxruntime_binding.node'))) return undefined;
  return `ONNX Runtime has no binary for ${platform} on ${arch}: models cannot be run on this machine.`;
}

/** ONNX Runtime itself, loaded at the first call. Throws `inference_unavailable` where there is none. */
export function loadRuntime(): typeof Ort {
  const reason = whyNoInference();
  if (reason) throw new AppError('inference_unavailable', reason);
  try {
    return nodeRequire('onnxruntime-node') as typeof Ort;
  } catch (cause) {
    const hint =
      process.platform === 'win32'
        ? ' Microsoft’s VC++ runtime may be missing: https://aka.ms/vs/17/release/vc_redist.x64.exe'
        : '';
    throw new AppError('inference_unavailable', `ONNX Runtime could not be loaded.${hint}`, { cause });
  }
}

/** `1.30.0`; part of every analysis version, since another runtime may alter the last bits. */
export function runtimeVersion(): string {
  const library = runtimeFolder();
  return library ? (nodeRequire(join(library, 'package.json')) as { version: string }).version : 'none';
}

function runtimeFolder(): string | undefined {
  try {
    return dirname(dirname(nodeRequire.resolve('onnxruntime-node')));
  } catch {
    return undefined;
  }
}
