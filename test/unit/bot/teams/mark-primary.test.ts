import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type { Person } from '../../../../services/domain/person.ts';
import {
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
import { by } from '../../../support/sync-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

/** Olga's mailbox works in its own organization; the one of the test system has just failed. */
async function heldElsewhere(): Promise<BotWorld & { readonly failed: unknown }> {
  const world = await createBotWorld({ twoOrganizations: true });
  await world.ask(message(globalAdmin, 'approve Ölga Åström'));
  await tested(world, 'olga');
  const data = { v: 1, testRunId: await tested(world, 'olga-test'), mailboxId: 'olga-test' };
  const failed = invokedCard(
    await world.post(invoke(globalAdmin, { verb: 'show-test-run', data })),
  );
  return { ...world, failed };
}

/** Without a conversation: a clock that stands still lets only few updates through. */
async function tested({ services: { engine } }: BotWorld, mailboxId: string): Promise<string> {
  const answer = await engine.testAndEnable(idOf<MailboxId>(mailboxId), by());
  if (answer.kind !== 'started') throw new TypeError(answer.kind);
  while ((await engine.testRun(answer.testRunId))?.state !== 'done') await setImmediate();
  return answer.testRunId;
}

const alertOf = (mailbox: string): string =>
  `Appointments, contacts, and tasks can't be synchronized because the email address of the mailbox ${mailbox} is configured with another organization. The best practice is to overwrite the configuration when you test and enable the mailbox in your primary organization. Also, change the synchronization method for your mailbox in non-primary organizations to None.`;

const verbsOf = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);

async function press(world: BotWorld, who: Person, card: unknown, verb: string): Promise<unknown> {
  return invokedCard(await world.post(invoke(who, buttonOf(card, verb))));
}

describe('A mailbox that another organization synchronizes', () => {
  it('is not taken over when more has begun to wait than the person was told of', async () => {
    const world = await heldElsewhere();
    const asked = await press(world, globalAdmin, world.failed, 'ask-mark-primary');
    await world.services.engine.submit(
      { mailboxId: idOf('olga-test'), subject: 'Late', to: ['kund@example.org'], text: 'x' },
      by(),
    );
    const again = await press(world, globalAdmin, asked, 'mark-primary');
    expect(textsOf(again)).toContain('sends 1 waiting message');
    expect(await world.services.store.find('testRuns')).toHaveLength(2);
  });

  it('is taken over after a warning that names who loses it, and the owner there is told', async () => {
    const world = await heldElsewhere();
    await world.ask(message(olga, 'help'));
    const asked = await press(world, globalAdmin, world.failed, 'ask-mark-primary');
    expect(textsOf(asked)).toContain('contoso-online stops synchronizing the mailbox');
    expect(textsOf(asked)).toContain(
      'Sync items with Exchange from this Dynamics 365 organization only, even if Exchange was set to sync with a different organization',
    );

    const running = await press(world, globalAdmin, asked, 'mark-primary');
    expect(textsOf(running)).toContain('Olga Testsystem');
    const told = await world.adapter.until(({ kind, activity }) => {
      const words = textsOf(cardsOf(activity));
      return (
        kind === 'sent' && words.includes('linked to another') && words.includes('**Ölga Åström**')
      );
    });
    expect(textsOf(cardsOf(told.activity))).toContain('Sync from this organization only');
    const [entry] = await world.services.store.readAudit(1);
    expect(entry).toMatchObject({
      actor: globalAdmin.id,
      action: 'mark-primary',
      subject: 'olga-test',
      outcome: 'done',
    });
  });

  it('is not taken over by who is no administrator, and that is written down', async () => {
    const world = await heldElsewhere();
    const data = { v: 1, mailboxId: 'olga-test', pressKey: 'k' };
    const card = invokedCard(await world.post(invoke(olga, { verb: 'mark-primary', data })));
    expect(textsOf(card)).toContain(globalAdmin.name);
    expect(await world.services.store.readAudit(1)).toMatchObject([
      { actor: 'olga', action: 'mark-primary', outcome: 'denied' },
    ]);
    const unseen = await world.post(
      invoke(anna, { verb: 'ask-mark-primary', data: { v: 1, mailboxId: 'olga-test' } }),
    );
    expect(textsOf(invokedCard(unseen))).not.toContain('Olga');
  });

  it('offers no take-over where the mailbox works', async () => {
    const world = await heldElsewhere();
    expect(verbsOf(world.failed)).toContain('ask-mark-primary');
    const [works] = await world.ask(message(globalAdmin, alertOf('Ölga Åström')));
    expect(textsOf(works)).toContain('Ölga Åström');
    expect(verbsOf(works)).not.toContain('ask-mark-primary');
    const [stopped] = await world.ask(message(globalAdmin, alertOf('Olga Testsystem')));
    expect(verbsOf(stopped)).toContain('ask-mark-primary');
  });
});
