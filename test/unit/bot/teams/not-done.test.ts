import { expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type {
  ActionRefusal,
  ApproveAnswer,
  SyncEngine,
} from '../../../../services/sync-engine/index.ts';
import {
  type BotWorldOptions,
  buttonOf,
  buttonsOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { by } from '../../../support/sync-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const ANNA = idOf<MailboxId>('anna');

/** The real bot over an engine whose system of record answers so. */
const answering = (refusal: ActionRefusal): BotWorldOptions => ({
  wrapEngine: (engine): SyncEngine => ({
    ...engine,
    approve: async (): Promise<ApproveAnswer> => refusal,
    testAndEnable: async () => refusal,
  }),
});

const verbsOf = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);

async function said(refusal: ActionRefusal, text: string): Promise<string> {
  const { ask } = await createBotWorld(answering(refusal));
  const [card] = await ask(message(globalAdmin, text));
  expect(verbsOf(card)).toContain('show-mailbox');
  return textsOf(card);
}

it('an approval that Dynamics 365 only pretended to take is told as one that was not given', async () => {
  const says = await said({ kind: 'no-effect' }, 'approve Ölga Åström');
  expect(says).toContain('The address of Ölga Åström was not approved');
  expect(says).toContain('read back, the address is as it was before');
  expect(says).toContain('press **Approve Email** there');
});

it('what Dynamics 365 says that the person lacks is told in its words, with the remedy', async () => {
  const reply =
    'This email address can only be approved by a user with the Global Administrator or Exchange Administrator role in Office 365 or the Delegated Mailbox Approver role in Dynamics 365.';
  const says = await said(
    { kind: 'not-permitted', lacks: 'office-administrator', reply },
    'approve Ölga Åström',
  );
  expect(says).toContain("Dynamics 365 doesn't count you among those who may decide");
  expect(says).toContain('can only be approved by a user with the Global Administrator');
  expect(says).toContain('Delegated Mailbox Approver');
});

it('a refused test leads to the article that explains the words of Dynamics 365', async () => {
  const { ask } = await createBotWorld(
    answering({
      kind: 'refused',
      reply: 'The delivery methods do not fit each other. (0x8005e224)',
    }),
  );
  const [card] = await ask(message(globalAdmin, 'test Anna Ek'));
  expect(textsOf(card)).toContain('Anna Ek was not tested');
  expect(verbsOf(card)).toContain('show-topic');
});

it('messages that Dynamics 365 cannot hold back are not said to be held, and the card says what helps', async () => {
  const world = await createBotWorld({
    wrapEngine: (engine) => ({ ...engine, holdMessages: async () => ({ kind: 'not-offered' }) }),
  });
  const { engine } = world.services;
  const letter = { mailboxId: ANNA, subject: 'x', to: ['kund@example.org'], text: 'x' };
  await engine.submit(letter, by());
  const [gate] = await world.ask(message(globalAdmin, 'test Anna Ek'));
  const { verb, data } = buttonOf(gate, 'hold-waiting');
  const card = invokedCard(
    await world.post(invoke(globalAdmin, { verb, data: { ...data, day: 'all' } })),
  );
  expect(textsOf(card)).toContain('The messages of Anna Ek were not held back');
  expect(textsOf(card)).toContain('Deactivate the mailbox');
  expect(await world.services.store.readAudit(1)).toMatchObject([
    { action: 'hold-messages', outcome: 'failed', detail: 'not-offered' },
  ]);
});

it('a profile that somebody else has changed at the same moment is shown as it is now', async () => {
  const world = await createBotWorld({
    wrapEngine: (engine) => ({ ...engine, changeProfile: async () => ({ kind: 'overtaken' }) }),
  });
  const change = {
    kind: 'set-endpoint',
    side: 'incoming',
    host: 'mail.contoso.test',
    port: 143,
    tls: 'starttls',
  };
  const press = { verb: 'change-profile', data: { v: 1, mailboxId: ANNA, pressKey: 'k' } };
  const seen = 'mail.contoso.test:993 implicit';
  const data = { ...press.data, change, seen };
  const card = invokedCard(await world.post(invoke(globalAdmin, { ...press, data })));
  expect(verbsOf(card)).toContain('change-profile');
  expect(textsOf(card)).toContain('Somebody has changed it in the meantime');
});

it('waiting messages of Dynamics 365 are offered to be cancelled, and not to be held', async () => {
  const world = await createBotWorld({
    wrapEngine: (engine) => ({ ...engine, kind: 'dataverse' }),
  });
  const letter = { mailboxId: ANNA, subject: 'x', to: ['kund@example.org'], text: 'x' };
  await world.services.engine.submit(letter, by());
  const [card] = await world.ask(message(globalAdmin, 'test Anna Ek'));
  expect(verbsOf(card)).not.toContain('hold-waiting');
  expect(verbsOf(card)).toContain('ask-cancel-waiting');
  expect(textsOf(card)).toContain('can’t hold messages back');
});
