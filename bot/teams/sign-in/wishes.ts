import { isStillWished, type SignInWish } from '../../../services/domain/sign-in-wish.ts';
import { instantOf } from '../../../services/domain/time.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';

type Wisher = Pick<Asker, 'person' | 'conversationId'>;

function wishId({ conversationId, person }: Wisher): string {
  return `${conversationId}:${person.id}`;
}

/** Kept in the store: they may come back after a restart, or to another instance. */
export async function keepWish(
  asker: Asker,
  wish: Pick<SignInWish, 'wanted' | 'withButton'>,
  { store, clock }: Pick<BotServices, 'store' | 'clock'>,
): Promise<void> {
  const { person, idempotencyKey } = asker;
  const askedAt = instantOf(clock.now());
  const kept = { id: wishId(asker), personId: person.id, idempotencyKey, askedAt, ...wish };
  await store.transact((transaction) => transaction.put('signInWishes', kept));
}

export async function wishOf(
  asker: Wisher,
  { store }: Pick<BotServices, 'store'>,
): Promise<SignInWish | undefined> {
  return store.get('signInWishes', wishId(asker));
}

/**
 * Each client of a person signs them in, and tells so: whoever takes the wish does it, and the others
 * find none.
 */
export async function takeWish(
  asker: Wisher,
  { store, clock }: Pick<BotServices, 'store' | 'clock'>,
): Promise<SignInWish | 'too-late' | null> {
  const taken = await store.transact(async (transaction) => {
    const wish = await transaction.get('signInWishes', wishId(asker));
    if (wish !== undefined) await transaction.remove('signInWishes', wish.id);
    return wish;
  });
  if (taken === undefined) return null;
  return isStillWished(taken, clock.now()) ? taken : 'too-late';
}
