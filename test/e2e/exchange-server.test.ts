import { describe, expect, it } from 'vitest';
import { ANNA, buttonOf } from './support/activities.ts';
import { EXCHANGE } from './support/mail-registry.ts';
import { type MailWorld, openMailWorld } from './support/mail-world.ts';

const VERB = 'test-and-enable';

/** Presses Test & enable on Elsa's card and waits for the card that says how it ended. */
async function tested(world: MailWorld, words: string): Promise<string> {
  const [shown] = await world.say(ANNA, 'status Elsa Ex');
  const from = world.cloud.sent.length;
  await world.press(ANNA, buttonOf(shown!.card, VERB), shown!.activityId);
  return (await world.shown(ANNA, [words], { method: 'PUT', from })).says;
}

describe('a mailbox on Exchange Server', () => {
  it('is found by Auto Discover, tested in all three directions and enabled', async (context) => {
    const world = await openMailWorld(context, { exchange: true });
    const says = await tested(world, 'Elsa Ex works and is enabled');
    // Once for each direction; only the last is about appointments, contacts and tasks.
    const { requests } = world.exchange!;
    expect(requests.filter((each) => each === 'GetFolder')).toHaveLength(3);
    expect(requests.filter((each) => each === 'CreateItem')).toHaveLength(1);
    expect(says).not.toContain('❌');

    const [message] = world.exchange!.messages(EXCHANGE.elsa);
    expect(message?.raw.toString()).toContain(`From: ${EXCHANGE.elsa}`);
    expect(requests).toContain('JSON');
    expect(requests).not.toContain('POX');
    const [status] = await world.say(ANNA, 'status Elsa Ex');
    expect(status?.says).toContain('✅ Working');
  });

  it('says what the server answered when the service account may not act for the mailbox', async (context) => {
    const world = await openMailWorld(context, { exchange: true });
    world.exchange!.refuse(EXCHANGE.elsa, { code: 'ErrorImpersonateUserDenied', shape: 'fault' });
    const says = await tested(world, 'The test of Elsa Ex found faults');
    expect(says).toContain('❌ **Access to the mailbox** · failed');
    expect(says).toContain('ErrorImpersonateUserDenied');
    expect(says).not.toContain(EXCHANGE.passwords.service);
  });
});
