import { describe, expect, it } from 'vitest';
import { ANNA, buttonOf, ERIK, textsOf } from './support/activities.ts';
import { BOTH_ENGINES, type BothWorld } from './support/both-engines.ts';
import type { Refusal } from './support/loopback-cloud.ts';
import { cardFor } from './support/story-world.ts';

const NEWS = ['Erik Ek', '⛔ **Disabled**'];

/** Anna tests Erik's mailbox, whose password was changed on the server; the mail stops. */
async function testWithWrongPassword(world: BothWorld): Promise<void> {
  world.breaks('erik.ek');
  await testByAnna(world, 'The test of Erik Ek found faults');
}

async function testByAnna(world: BothWorld, outcome: string): Promise<void> {
  const from = world.cloud.sent.length;
  const [shown] = await world.say(ANNA, 'status Erik Ek');
  await world.press(ANNA, buttonOf(shown!.card, 'test-and-enable'), shown!.activityId);
  await world.shown(ANNA, [outcome], { method: 'PUT', from });
}

const passing: readonly (readonly [string, Refusal])[] = [
  ['too busy and says for how long', { status: 429, headers: { 'retry-after': '1' } }],
  ['not available', { status: 503 }],
];

const lasting: readonly (readonly [string, string, string])[] = [
  ['removed the bot', 'BotNotInConversationRoster', 'gone'],
  ['blocked the bot', 'MessageWritesBlocked', 'blocked'],
];

describe.each(BOTH_ENGINES)('with $engine', ({ open }) => {
  it.concurrent('the owner of a mailbox that was disabled is told once, and the card follows until it works', async (context) => {
    const world = await open(context);
    await world.say(ERIK, 'help');
    const beginning = world.cloud.sent.length;
    await testWithWrongPassword(world);
    const told = await world.shown(ERIK, NEWS, { method: 'POST', from: beginning });
    expect(told.says).toContain('**Erik Ek**');
    expect(told.says).toContain('What you need to do');
    expect(told.says).toContain("The server didn't accept the user name and password.");
    expect(buttonOf(told.card, 'test-and-enable')).toBeNull();
    expect(buttonOf(told.card, 'show-mailbox')).not.toBeNull();

    world.mends('erik.ek');
    const from = world.cloud.sent.length;
    await testByAnna(world, 'Erik Ek works and is enabled');
    const healed = await world.shown(ERIK, ['✅ **Working again**'], { method: 'PUT', from });
    expect(healed.activityId).toBe(told.activityId);
    expect(healed.says).not.toContain('What you need to do');
    expect(world.cloud.sent.slice(beginning).filter(cardFor(ERIK))).toHaveLength(1);
  });

  it.concurrent('an owner who has never talked to the bot is told when they do', async (context) => {
    const world = await open(context);
    await testWithWrongPassword(world);
    expect(world.cloud.sent.filter(cardFor(ERIK))).toEqual([]);
    const [help] = await world.say(ERIK, 'help');
    expect(help?.says).toContain('What I can do');
    await world.shown(ERIK, NEWS, { method: 'POST' });
  });

  it.concurrent.for(passing)(
    'is told again when the channel was %s',
    async ([, refusal], context) => {
      const world = await open(context);
      await world.say(ERIK, 'help');
      const refused = world.cloud.refuseOnce(cardFor(ERIK), refusal);
      await testWithWrongPassword(world);
      const first = await refused;
      const told = await world.shown(ERIK, NEWS, { method: 'POST' });
      expect(textsOf(first.body)).toContain(NEWS[1]);
      expect(world.cloud.sent.filter(cardFor(ERIK))).toHaveLength(2);
      expect(told.says).toContain('Erik Ek');
    },
  );

  it.concurrent.for(lasting)(
    'an owner who %s is left alone until they talk to it again',
    async ([, code, kind], context) => {
      const world = await open(context);
      await world.say(ERIK, 'help');
      const refused = world.cloud.refuseOnce(cardFor(ERIK), {
        status: 403,
        body: { error: { code, message: 'The bot is not part of the conversation roster.' } },
      });
      await testWithWrongPassword(world);
      await refused;
      // Another conversation's turn goes through meanwhile, and nothing more goes to Erik.
      await world.say(ANNA, 'status Erik Ek');
      expect(world.cloud.sent.filter(cardFor(ERIK))).toHaveLength(1);
      const from = world.cloud.sent.length;
      await world.say(ERIK, 'help');
      await world.shown(ERIK, NEWS, { method: 'POST', from });
      expect(world.program.output.join('\n')).toContain(`"answer":"${kind}"`);
    },
  );
});
