import { expect, it } from 'vitest';
import type {
  ActionRefusal,
  ApproveAnswer,
  SyncEngine,
} from '../../../../services/sync-engine/index.ts';
import {
  type BotWorldOptions,
  buttonsOf,
  createBotWorld,
  globalAdmin,
  textsOf,
} from '../../../support/bot-world.ts';
import { message } from '../../../support/teams-activity.ts';

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
