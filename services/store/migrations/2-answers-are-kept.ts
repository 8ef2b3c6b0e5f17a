import type { Migration, RawRecord } from '../migrations.ts';

/** A card of an alert now also says what its tail told, and which answer it may be voted on. */
function referring(reference: unknown): unknown {
  if (typeof reference !== 'object' || reference === null) return reference;
  if (!('card' in reference) || reference.card !== 'alert') return reference;
  return { nature: null, answerId: null, ...reference };
}

export const answersAreKept: Migration = {
  to: 2,
  records: {
    cardCopies: (copy) => ({ ...copy, reference: referring(copy.reference) }),
    outbox: (row) => {
      const work = row.work as RawRecord | undefined;
      if (work?.kind !== 'send') return row;
      return { ...row, work: { ...work, reference: referring(work.reference) } };
    },
  },
};
