import { z } from 'zod';
import stored from '../../../../models/catalogue.json';

/** A published build of a model by its sum. There may be several: publishers export again under the same name. */
const KnownSum = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.number().int().positive(),
});

const Kind = z.enum(['softmax', 'sigmoid', 'identity']);

const StoredCatalogue = z.object({
  publisher: z.string(),
  licence: z.object({ name: z.string(), url: z.url(), summary: z.string() }),
  address: z.url(),
  backbones: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string(),
      folder: z.string(),
      released: z.iso.date(),
      sizeBytes: z.number().int().nullable(),
      sums: z.array(KnownSum),
      task: z.string(),
      classes: z.array(z.string()).nullable(),
    }),
  ),
  heads: z.array(
    z.object({
      task: z.string(),
      folder: z.string(),
      kind: Kind,
      classes: z.array(z.string()).nullable(),
      released: z.iso.date(),
      files: z.record(
        z.string(),
        z.object({ name: z.string(), sizeBytes: z.number().int().nullable(), sums: z.array(KnownSum).default([]) }),
      ),
    }),
  ),
});

/** One model that can be had from its publisher. */
export interface CatalogueModel {
  /** The file's name without its ending, by which the model is known everywhere. */
  readonly name: string;
  readonly backbone: string;
  readonly kind: 'embedding' | z.infer<typeof Kind>;
  /** What a head answers, `mood_happy`; for an embedding model, what its own activations answer. */
  readonly task: string;
  readonly url: string;
  /** The publisher's description beside it, which names the classes. */
  readonly sidecarUrl: string;
  readonly sizeBytes: number | null;
  /** Sums of the builds that we know; empty when none was ever checked by us. */
  readonly sums: readonly z.infer<typeof KnownSum>[];
  /** In the order of the output; null where only the publisher's description names them. */
  readonly classes: readonly string[] | null;
  readonly released: string;
}

export interface Catalogue {
  readonly publisher: string;
  readonly licence: { readonly name: string; readonly url: string; readonly summary: string };
  readonly models: readonly CatalogueModel[];
}

/** The models that we know of, where they are published, and what their outputs mean. */
export const CATALOGUE: Catalogue = readCatalogue(stored);

/** Checks a catalogue and lays it flat, one entry for each file. `address` replaces the publisher's, for tests. */
export function readCatalogue(json: unknown, address?: string): Catalogue {
  const parsed = StoredCatalogue.parse(json);
  const base = address ?? parsed.address;
  const addresses = (path: string) => ({ url: `${base}${path}.onnx`, sidecarUrl: `${base}${path}.json` });
  const backbones = parsed.backbones.map(({ id, folder, title: _, ...rest }): CatalogueModel => {
    return { ...rest, backbone: id, kind: 'embedding', ...addresses(`${folder}/${rest.name}`) };
  });
  const heads = parsed.heads.flatMap(({ task, folder, kind, classes, released, files }) =>
    Object.entries(files).map(([backbone, file]): CatalogueModel => {
      const path = `classification-heads/${folder}/${file.name}`;
      return { ...file, backbone, kind, task, classes, released, ...addresses(path) };
    }),
  );
  return { publisher: parsed.publisher, licence: parsed.licence, models: [...backbones, ...heads] };
}
