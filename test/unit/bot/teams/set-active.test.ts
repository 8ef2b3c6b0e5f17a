import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type { Person } from '../../../../services/domain/person.ts';
import {
  admin,
  anna,
  type BotWorld,
  buttonOf,
  buttonsOf,
  createBotWorld,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { by } from '../../../support/sync-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const ANNA = idOf<MailboxId>('anna');
const verbs = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);

async function press(world: BotWorld, card: unknown, verb: string, who: Person = admin) {
  return invokedCard(await world.post(invoke(who, buttonOf(card, verb))));
}

const submitted = ({ services }: BotWorld) =>
  services.engine.submit({ mailboxId: ANNA, subject: 'x', to: ['k@example.org'], text: 'x' }, by());

describe('a mailbox that an administrator deactivates', () => {
  it('is so after a card that says what stops, and that is written down', async () => {
    const world = await createBotWorld();
    await submitted(world);
    const [status] = await world.ask(message(admin, 'status Anna Ek'));
    const asked = await press(world, status, 'ask-set-active');
    expect(textsOf(asked)).toContain('Deactivate Anna Ek?');
    expect(textsOf(asked)).toContain('All of it stops');
    expect(textsOf(asked)).toContain('1 message that waits to be sent stays');
    expect(await world.services.engine.setUpChanges(ANNA)).toEqual([]);

    const done = await press(world, asked, 'set-active');
    expect(textsOf(done)).toContain('Mailbox is deactivated');
    expect(verbs(done)).not.toContain('test-and-enable');
    expect(await world.services.store.readAudit(1)).toMatchObject([
      { actor: admin.id, action: 'deactivate-mailbox', subject: 'anna', outcome: 'done' },
    ]);
  });

  it('is activated after a card that says what that sends, asked anew when more has begun to wait', async () => {
    const world = await createBotWorld({ enabled: ['outgoing'] });
    await world.services.engine.setActive(ANNA, false, by());
    await submitted(world);
    const [status] = await world.ask(message(admin, 'status Anna Ek'));
    const asked = await press(world, status, 'ask-set-active');
    expect(textsOf(asked)).toContain('It goes on with what was enabled before: Outgoing');
    expect(textsOf(asked)).toContain('1 message that waits is sent then');
    await submitted(world);
    const again = await press(world, asked, 'set-active');
    expect(textsOf(again)).toContain('2 messages that wait are sent then');
    const done = await press(world, again, 'set-active');
    expect(textsOf(done)).not.toContain('Mailbox is deactivated');
    expect(await world.services.store.readAudit(1)).toMatchObject([
      { action: 'activate-mailbox', outcome: 'done' },
    ]);
  });

  it('has been so already when the button of an old card is pressed', async () => {
    const world = await createBotWorld();
    const [status] = await world.ask(message(admin, 'status Anna Ek'));
    await world.services.engine.setActive(ANNA, false, by());
    expect(textsOf(await press(world, status, 'ask-set-active'))).toContain(
      'Mailbox is deactivated',
    );
  });

  it('is not offered to others, and a forged button of theirs does nothing but stand in the audit', async () => {
    const world = await createBotWorld();
    const [own] = await world.ask(message(anna, 'status Anna Ek'));
    expect(verbs(own)).not.toContain('ask-set-active');
    const data = { v: 1, mailboxId: 'anna', active: false, pressKey: 'k' };
    const card = invokedCard(await world.post(invoke(anna, { verb: 'set-active', data })));
    expect(textsOf(card)).toContain(admin.name);
    expect(await world.services.engine.setUpChanges(ANNA)).toEqual([]);
    expect(await world.services.store.readAudit(1)).toMatchObject([
      { actor: 'anna', action: 'deactivate-mailbox', outcome: 'denied' },
    ]);
  });

  it('cannot be activated while its user is disabled, which leads to the article', async () => {
    const world = await createBotWorld({
      active: false,
      wrapEngine: (engine) => ({ ...engine, setActive: async () => ({ kind: 'owner-disabled' }) }),
    });
    const [status] = await world.ask(message(admin, 'status Anna Ek'));
    const asked = await press(world, status, 'ask-set-active');
    expect(textsOf(asked)).toContain('No direction was enabled before');
    const refused = await press(world, asked, 'set-active');
    expect(textsOf(refused)).toContain('Its user is disabled in Dynamics 365');
    expect(verbs(refused)).toContain('show-topic');
    expect(await world.services.store.readAudit(1)).toMatchObject([
      { action: 'activate-mailbox', outcome: 'failed', detail: 'owner-disabled' },
    ]);
  });
});
