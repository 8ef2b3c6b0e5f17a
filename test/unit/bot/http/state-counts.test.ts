import { expect, it } from 'vitest';
import { stateCounts } from '../../../../bot/http/state-counts.ts';
import { anna, createBotWorld } from '../../../support/bot-world.ts';
import { WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import { message } from '../../../support/teams-activity.ts';

it('counts tell how much waits and how much is broken, and nothing else', async () => {
  const { services, scheduler, imap, ask } = await createBotWorld({
    enabled: ['incoming'],
    credentialSource: 'mailbox',
  });
  imap.fails(WRONG_PASSWORD);
  await scheduler.advance(30 * 60_000);
  const before = await stateCounts(services.store, services.engine);
  expect(before).toMatchObject({ mailboxes_disabled: 1, mailboxes_retrying: 0, incidents_open: 1 });
  expect(before.outbox_due ?? 0).toBe(0);
  expect(before.outbox_no_conversation).toBe(1);
  expect(Object.keys(before).join()).not.toMatch(/[^a-z_,]/u);
  await ask(message(anna, 'hello'));
  expect((await stateCounts(services.store, services.engine)).outbox_no_conversation).toBe(0);
});
