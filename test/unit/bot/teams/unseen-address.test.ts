import { describe, expect, it } from 'vitest';
import {
  admin,
  anna,
  buttonOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

interface Pressed {
  readonly verb: unknown;
  readonly data: object;
}

/** The button of a card that was drawn when the mailbox had another address. */
const olderThanTheAddress = (button: Pressed, address: string): Pressed => ({
  ...button,
  data: { ...button.data, address },
});

describe('an address that the person has not seen', () => {
  it('is not approved: the card as it is now shows it, and its button works', async () => {
    const { ask, post, services } = await createBotWorld({ approval: 'pending' });
    const [card] = await ask(message(admin, 'status Anna Ek'));
    const old = olderThanTheAddress(buttonOf(card, 'approve-email'), 'former@contoso.test');
    const now = invokedCard(await post(invoke(admin, old)));
    expect(textsOf(now)).toContain('anna.ek@contoso.test');
    const [before] = await services.engine.findMailboxes({ by: 'owner', ownerId: anna.id });
    expect(before?.mailbox.approval.state).toBe('pending');
    expect(await services.store.readAudit(1)).toMatchObject([
      { action: 'approve-email', outcome: 'no-change', detail: 'address-changed' },
    ]);

    await post(invoke(admin, buttonOf(now, 'approve-email')));
    const [after] = await services.engine.findMailboxes({ by: 'owner', ownerId: anna.id });
    expect(after?.mailbox.approval.state).toBe('approved');
  });

  it('is not rejected either', async () => {
    const { post, services } = await createBotWorld({ approval: 'approved' });
    const data = { v: 1, mailboxId: 'anna', pressKey: 'k', because: 'Left', address: 'x@y.test' };
    await post(invoke(admin, { verb: 'reject-email', data }));
    const [hit] = await services.engine.findMailboxes({ by: 'owner', ownerId: anna.id });
    expect(hit?.mailbox.approval.state).toBe('approved');
  });

  it('is not decided about by a request that was made for another one', async () => {
    const { ask, post, services } = await createBotWorld();
    await ask(message(globalAdmin, 'hello'));
    const [denied] = await ask(message(admin, 'approve Olga Åström'));
    await post(invoke(admin, buttonOf(denied, 'request-approval')));
    const [list] = await ask(message(globalAdmin, 'approvals'));
    const decision = buttonOf(list, 'decide-request');
    await post(invoke(globalAdmin, olderThanTheAddress(decision, 'former@contoso.test')));
    expect(await services.store.find('approvalRequests')).toMatchObject([{ state: 'pending' }]);
    await post(invoke(globalAdmin, decision));
    expect(await services.store.find('approvalRequests')).toMatchObject([{ state: 'applied' }]);
  });
});
