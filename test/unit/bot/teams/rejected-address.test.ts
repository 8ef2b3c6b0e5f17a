import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import {
  admin,
  anna,
  type BotWorld,
  buttonOf,
  buttonsOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  olga,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const verbs = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);
const REASON = 'The address belongs to *another* company';
const approvalOf = async ({ services }: BotWorld, id: string) =>
  (await mailboxById(services.engine, idOf<MailboxId>(id)))?.approval;

/** The confirmation that an administrator gets who has typed a reason. */
async function askedToConfirm({ ask, post }: BotWorld, reason = REASON) {
  const [status] = await ask(message(admin, 'status Anna Ek'));
  const form = buttonOf(status, 'ask-reject-email');
  return invokedCard(await post(invoke(admin, { ...form, data: { ...form.data, reason } })));
}

describe('rejecting an address', () => {
  it('is asked a second time, audited with its reason, and the owner reads why and what helps', async () => {
    const world = await createBotWorld();
    const { ask, post, adapter, services } = world;
    await ask(message(anna, 'hello'));
    const confirmation = await askedToConfirm(world);
    expect((await approvalOf(world, 'anna'))?.state).toBe('approved');

    const card = invokedCard(await post(invoke(admin, buttonOf(confirmation, 'reject-email'))));
    expect(textsOf(card)).toContain('The email address is rejected');
    expect(textsOf(card)).toContain('Rejected by Adam Admin');
    expect(verbs(card)).toContain('approve-email');
    expect(verbs(card)).not.toContain('ask-reject-email');
    expect(await services.store.readAudit(1)).toMatchObject([
      { actor: admin.id, action: 'reject-email', subject: 'anna', outcome: 'done', detail: REASON },
    ]);
    const told = await adapter.until(
      ({ kind, activity }) =>
        kind === 'sent' && textsOf(cardsOf(activity)).includes('Anna Ek was rejected'),
    );
    expect(told.activity.conversation?.id).toBe(`a:${anna.id}`);
    expect(textsOf(cardsOf(told.activity))).toContain('belongs to \\*another\\* company');
    expect(verbs(cardsOf(told.activity))).toContain('request-approval');
  });

  it('pressed twice is one rejection, told once', async () => {
    const world = await createBotWorld();
    await world.ask(message(anna, 'hello'));
    const button = buttonOf(await askedToConfirm(world), 'reject-email');
    await world.post(invoke(admin, button));
    await world.post(invoke(admin, button));
    expect(await world.services.store.readAudit(9)).toHaveLength(1);
    const sends = (await world.services.store.find('outbox')).filter(
      ({ work }) => work.kind === 'send',
    );
    expect(sends).toHaveLength(1);
  });

  it('can be taken back, and the owner’s card says so', async () => {
    const world = await createBotWorld();
    const { ask, post, adapter } = world;
    await ask(message(anna, 'hello'));
    const rejected = invokedCard(
      await post(invoke(admin, buttonOf(await askedToConfirm(world), 'reject-email'))),
    );
    const told = await adapter.until(({ activity }) =>
      textsOf(cardsOf(activity)).includes('Anna Ek was rejected'),
    );
    await post(invoke(admin, buttonOf(rejected, 'approve-email')));
    await adapter.until(
      ({ kind, id, activity }) =>
        kind === 'updated' &&
        id === told.id &&
        textsOf(cardsOf(activity)).includes('has been approved since'),
    );
    expect(await world.services.store.find('rejections')).toEqual([]);
  });

  it('is refused at the click to who may not approve, and written down', async () => {
    const world = await createBotWorld();
    const data = {
      v: 1,
      mailboxId: 'olga',
      pressKey: 'k',
      address: 'Olga@Contoso.test',
      because: 'no',
    };
    const card = invokedCard(await world.post(invoke(admin, { verb: 'reject-email', data })));
    expect(textsOf(card)).toContain(globalAdmin.name);
    expect((await approvalOf(world, 'olga'))?.state).toBe('pending');
    expect(await world.services.store.readAudit(1)).toMatchObject([
      { actor: admin.id, action: 'reject-email', subject: 'olga', outcome: 'denied' },
    ]);
    const [own] = await world.ask(message(olga, 'status Ölga'));
    expect(verbs(own)).not.toContain('ask-reject-email');
  });

  it('without a reason rejects nothing', async () => {
    const world = await createBotWorld();
    const card = await askedToConfirm(world, '  ');
    expect(verbs(card)).not.toContain('reject-email');
  });

  it('answers whoever had asked for the approval', async () => {
    const world = await createBotWorld();
    const { ask, post, services } = world;
    const [denied] = await ask(message(admin, `approve ${olga.name}`));
    await post(invoke(admin, buttonOf(denied, 'request-approval')));
    const data = {
      v: 1,
      mailboxId: 'olga',
      pressKey: 'k',
      address: 'Olga@Contoso.test',
      because: 'She has left',
    };
    await post(invoke(globalAdmin, { verb: 'reject-email', data }));
    expect(await services.store.find('approvalRequests')).toMatchObject([
      { state: 'rejected', decidedBy: globalAdmin.id },
    ]);
  });
});

describe('approvals', () => {
  it('tells whose mailbox waits for others that it does, and who decides', async () => {
    const { ask } = await createBotWorld();
    const [card] = await ask(message(olga, 'approvals'));
    expect(textsOf(card)).toContain('One mailbox waits for somebody else’s approval');
    expect(textsOf(card)).toContain('Gustav Global can decide.');
    expect(textsOf(card)).toContain(olga.name);
  });

  it('says that nothing waits only where nothing does that the person may see', async () => {
    const { ask } = await createBotWorld();
    const [card] = await ask(message(anna, 'approvals'));
    expect(textsOf(card)).toContain('No mailbox waits for approval');
  });
});
