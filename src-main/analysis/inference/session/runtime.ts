import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { AppError } from '../../../rpc';

// Not called `require`: the bundler brings one of that name into every file.
const nodeRequire = createRequire(import.meta.url);

/** Which build of ONNX Runtime is to run models: the machine's own code, WebAssembly, or the first that there is. */
export type Backend = 'auto' | 'native' | 'web';

/** ONNX Runtime as one of its packages brings it; both have the same interface. */
export interface Runtime {
  /** `onnxruntime 1.30.0`, `onnxruntime-web 1.30.0`. */
  readonly name: string;
  readonly Tensor: typeof Ort.Tensor;
  /** Opens a file, or a model in memory. Throws what the runtime throws. */
  open(model: string | Uint8Array, options?: Ort.InferenceSession.SessionOptions): Promise<Ort.InferenceSession>;
}

/** One thread and no spinning: parallel work comes from the number of processes. */
const SESSION_OPTIONS: Ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

/**
 * Why this machine cannot run models, or undefined when it can. ONNX Runtime has no binary for some systems (Intel
 * Macs, musl), where its build for WebAssembly takes the place.
 */
export function whyNoInference(
  platform: string = process.platform,
  arch: string = process.arch,
  hasWeb: boolean = folderOf('onnxruntime-web') !== undefined,
): string | undefined {
  return hasWeb || hasBinary(platform, arch) ? undefined : noBinary(platform, arch);
}

const noBinary = (platform: string, arch: string) =>
  `ONNX Runtime has no binary for ${platform} on ${arch}: models cannot be run on this machine.`;

function hasBinary(platform: string = process.platform, arch: string = process.arch): boolean {
  const library = folderOf('onnxruntime-node');
  return (
    library !== undefined && existsSync(join(library, 'bin', 'napi-v6', platform, arch, 'onnxruntime_binding.node'))
  );
}

/** ONNX Runtime itself, loaded at the first call. Throws `inference_unavailable` where there is none. */
export function loadRuntime(backend: Backend = 'auto'): Runtime {
  const isNative = backend === 'native' || (backend === 'auto' && hasBinary());
  if (isNative && !hasBinary()) throw new AppError('inference_unavailable', noBinary(process.platform, process.arch));
  const name = isNative ? 'onnxruntime-node' : 'onnxruntime-web';
  const ort = load(name);
  if (!isNative) ort.env.wasm.numThreads = 1;
  const providers = { executionProviders: [isNative ? 'cpu' : 'wasm'] };
  return {
    name: `${isNative ? 'onnxruntime' : name} ${runtimeVersion()}`,
    Tensor: ort.Tensor,
    async open(model, options = SESSION_OPTIONS) {
      const all = { ...options, ...providers };
      // The build for WebAssembly would fetch a path.
      const source = typeof model === 'string' && !isNative ? await readFile(model) : model;
      return typeof source === 'string'
        ? ort.InferenceSession.create(source, all)
        : ort.InferenceSession.create(source, all);
    },
  };
}

function load(name: string): typeof Ort {
  try {
    return nodeRequire(name) as typeof Ort;
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
  const library = folderOf('onnxruntime-node');
  return library ? (nodeRequire(join(library, 'package.json')) as { version: string }).version : 'none';
}

function folderOf(name: string): string | undefined {
  try {
    return dirname(dirname(nodeRequire.resolve(name)));
  } catch {
    return undefined;
  }
}
