/**
 * `Reflect.getMetadata` and its kin as far as tsyringe asks for them, which @peculiar/x509 stands on
 * and whose README demands a polyfill. Import it before @peculiar/x509. It patches a global, so it
 * lives in test/ and does nothing where a real polyfill is loaded.
 */
type Metadata = Map<unknown, unknown>;

const metadataOf = new WeakMap<object, Metadata>();

const polyfill = {
  getMetadata: (key: unknown, target: object): unknown => metadataOf.get(target)?.get(key),
  getOwnMetadata: (key: unknown, target: object): unknown => metadataOf.get(target)?.get(key),
  hasOwnMetadata: (key: unknown, target: object): boolean =>
    metadataOf.get(target)?.has(key) ?? false,
  defineMetadata(key: unknown, value: unknown, target: object): void {
    const known: Metadata = metadataOf.get(target) ?? new Map<unknown, unknown>();
    metadataOf.set(target, known.set(key, value));
  },
};

if (!('getMetadata' in Reflect)) Object.assign(Reflect, polyfill);
