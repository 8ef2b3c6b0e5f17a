import { z } from 'zod';
import type { TopicId } from '../../domain/ids.ts';
import type { QuestionModel } from './question-model.ts';

const headerSchema = z.strictObject({
  fingerprint: z.string(),
  topics: z.array(z.string()),
  knownStems: z.int().nonnegative(),
  features: z.int().nonnegative(),
  rarityOfUnseen: z.number(),
  scopeFeatures: z.int().nonnegative(),
  scopeBias: z.number(),
});

const SIZE_OF_LENGTH = 4;
const BYTES_OF_NUMBER = 4;

/** A header in JSON, then the arrays, little-endian as everywhere that Node runs. */
export function encodeModel(model: QuestionModel, fingerprint: string): Uint8Array {
  const { topics, knownStems, linear, scope } = model;
  const header: z.infer<typeof headerSchema> = {
    fingerprint,
    topics: [...topics],
    knownStems: knownStems.length,
    features: linear.ids.length,
    rarityOfUnseen: linear.rarityOfUnseen,
    scopeFeatures: scope.ids.length,
    scopeBias: scope.bias,
  };
  const written = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(SIZE_OF_LENGTH);
  length.writeUInt32LE(written.length);
  const arrays = [
    knownStems,
    linear.ids,
    linear.rarity,
    linear.scales,
    linear.bias,
    scope.ids,
    scope.weights,
    linear.rows,
  ];
  return Buffer.concat([
    length,
    written,
    ...arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
  ]);
}

/** Null where the bytes are damaged or were learnt from something else: then it is learnt anew. */
export function decodeModel(bytes: Uint8Array, fingerprint: string): QuestionModel | null {
  const header = headerOf(bytes);
  if (header === null || header.fingerprint !== fingerprint) return null;
  const { topics, features, rarityOfUnseen, scopeFeatures, scopeBias } = header;
  const labels = topics.length + 1;
  let at = header.end;
  const take = (length: number): ArrayBuffer => {
    const taken = new ArrayBuffer(length);
    new Uint8Array(taken).set(bytes.subarray(at, at + length));
    at += length;
    return taken;
  };
  const numbers = header.knownStems + 3 * features + labels + 2 * scopeFeatures;
  if (bytes.length !== at + numbers * BYTES_OF_NUMBER + features * labels) return null;
  const knownStems = new Int32Array(take(header.knownStems * BYTES_OF_NUMBER));
  const ids = new Int32Array(take(features * BYTES_OF_NUMBER));
  const rarity = new Float32Array(take(features * BYTES_OF_NUMBER));
  const scales = new Float32Array(take(features * BYTES_OF_NUMBER));
  const bias = new Float32Array(take(labels * BYTES_OF_NUMBER));
  const scopeIds = new Int32Array(take(scopeFeatures * BYTES_OF_NUMBER));
  const scopeWeights = new Float32Array(take(scopeFeatures * BYTES_OF_NUMBER));
  const rows = new Int8Array(take(features * labels));
  return {
    topics: topics.map((topic) => topic as TopicId),
    knownStems,
    linear: { labels, ids, rarity, rarityOfUnseen, scales, rows, bias },
    scope: { ids: scopeIds, weights: scopeWeights, bias: scopeBias },
  };
}

function headerOf(
  bytes: Uint8Array,
): (z.infer<typeof headerSchema> & { readonly end: number }) | null {
  if (bytes.length < SIZE_OF_LENGTH) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const end = SIZE_OF_LENGTH + length;
  if (end > bytes.length) return null;
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes.subarray(SIZE_OF_LENGTH, end)).toString());
    const parsed = headerSchema.safeParse(json);
    return parsed.success ? { ...parsed.data, end } : null;
  } catch {
    return null;
  }
}
