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
const olgasApproval = async ({ services }: BotWorld) =>
  (await mailboxById(services.engine, idOf<MailboxId>('olga')))?.approval;
const press = { verb: 'test-and-enable', data: { v: 1, mailboxId: 'olga', pressKey: 'k' } };

describe('whose own address a mailbox of Exchange Online has', () => {
  it('approves it by testing, which is written down as an approval of theirs, once', async () => {
    const world = await createBotWorld();
    const [status] = await world.ask(message(olga, 'status Ölga'));
    expect(textsOf(status)).toContain('This is your own address');
    expect(verbs(status)).not.toContain('request-approval');
    const button = buttonOf(status, 'test-and-enable');
    await Promise.all([world.post(invoke(olga, button)), world.post(invoke(olga, button))]);
    await world.post(invoke(olga, button));
    expect(await olgasApproval(world)).toMatchObject({ state: 'approved', decidedBy: olga.id });
    expect(await world.services.store.find('testRuns')).toHaveLength(1);
    const audit = await world.services.store.readAudit(9);
    expect(audit.map(({ actor, action, outcome }) => [actor, action, outcome])).toEqual([
      [olga.id, 'approve-email', 'done'],
      [olga.id, 'test-and-enable', 'done'],
    ]);
  });

  it('has answered everybody’s request for it', async () => {
    const world = await createBotWorld();
    const [denied] = await world.ask(message(admin, `approve ${olga.name}`));
    await world.post(invoke(admin, buttonOf(denied, 'request-approval')));
    await world.post(invoke(olga, press));
    expect(await world.services.store.find('approvalRequests')).toMatchObject([
      { state: 'applied', decidedBy: olga.id },
    ]);
  });

  it('does not approve after all what was rejected', async () => {
    const world = await createBotWorld();
    const data = {
      v: 1,
      mailboxId: 'olga',
      pressKey: 'k',
      address: 'Olga@Contoso.test',
      because: 'She has left',
    };
    await world.post(invoke(globalAdmin, { verb: 'reject-email', data }));
    await world.post(message(olga, 'status Ölga'));
    const hers = world.adapter.messages.filter(
      ({ activity }) => activity.conversation?.id === `a:${olga.id}`,
    );
    expect(verbs(hers.map(({ activity }) => cardsOf(activity)))).toContain('request-approval');
    expect(verbs(hers.map(({ activity }) => cardsOf(activity)))).not.toContain('test-and-enable');
    const refused = invokedCard(await world.post(invoke(olga, press)));
    expect(textsOf(refused)).toContain('Nothing was changed.');
    expect((await olgasApproval(world))?.state).toBe('rejected');
  });
});

describe('anybody else', () => {
  it('who owns a mailbox on-premises is refused the test as before', async () => {
    const world = await createBotWorld({ approval: 'pending' });
    const data = { ...press.data, mailboxId: 'anna' };
    const card = invokedCard(await world.post(invoke(anna, { ...press, data })));
    expect(textsOf(card)).toContain(admin.name);
    expect(await world.services.store.find('testRuns')).toHaveLength(0);
  });

  it('who administers Dynamics, but whose address it is not, tests only after an approval', async () => {
    const world = await createBotWorld();
    const card = invokedCard(await world.post(invoke(admin, press)));
    expect(verbs(card)).toContain('request-approval');
    expect((await olgasApproval(world))?.state).toBe('pending');
  });
});
