import { idOf } from '../../domain/ids.ts';
import type { EngineParts } from './engine-parts.ts';
import { stateOf } from './mailbox-records.ts';

/**
 * An approval was given to an address. Where the registry file names another one by now, the reset is
 * made durable and said once, before anything is done for the mailbox (domain.md §4.1).
 */
export async function resetChangedAddresses(
  parts: Pick<EngineParts, 'registry' | 'store' | 'emit'>,
): Promise<number> {
  const { registry, store, emit } = parts;
  const changed = (await store.find('mailboxStates')).flatMap((stored) => {
    const registered = registry.mailboxes.get(idOf(stored.id));
    if (registered === undefined) return [];
    const state = stateOf(registered, stored);
    return state.address === stored.address ? [] : [{ registered, stored, state }];
  });
  for (const { registered, stored, state } of changed) {
    await store.transact(async (transaction) => {
      await transaction.put('mailboxStates', state);
      await emit(transaction, registered, {
        kind: 'address-changed',
        formerAddress: stored.address,
        address: state.address,
        approvalReset: stored.approval.state !== state.approval.state,
      });
    });
  }
  return changed.length;
}
