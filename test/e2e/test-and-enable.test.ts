import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNA, activityFrom, buttonOf, ERIK, OLLE, post } from './support/activities.ts';
import { BOTH_ENGINES } from './support/both-engines.ts';
import { openDynamicsWorld } from './support/dynamics-world.ts';
import { type MailWorld, openMailWorld, startMailWorld } from './support/mail-world.ts';
import type { StoryWorld } from './support/story-world.ts';

const VERB = 'test-and-enable';
const DIRECTIONS = ['incoming', 'outgoing'] as const;
const STAGES = [
  'Resolve the server',
  'Connect',
  'Encrypt \\(TLS\\)',
  'Server greeting',
  'Sign in',
  'Access to the mailbox',
  'Transfer items',
];

/** The administrator's card of a mailbox that is approved and was never tested. */
async function shownMailbox(world: StoryWorld, name = 'Nils Ny') {
  const [shown] = await world.say(ANNA, `status ${name}`);
  return shown!;
}

/** What the card says of a direction, up to the next one. */
function boxOf(says: string, direction: (typeof DIRECTIONS)[number]): string {
  const [, incoming = '', outgoing = ''] =
    /\*\*Incoming email\*\*(.*)\*\*Outgoing email\*\*(.*)/s.exec(says) ?? [];
  return direction === 'incoming' ? incoming : outgoing;
}

// Dynamics 365 has a result for each direction and no stages: there they are its alerts, below.
describe('Test & enable by our own engine', () => {
  it('is answered with its progress at once, and the card follows to the end, stage by stage', async (context) => {
    const world = await openMailWorld(context);
    const { card, activityId } = await shownMailbox(world);
    const from = world.cloud.sent.length;
    const answer = await world.press(ANNA, buttonOf(card, VERB), activityId);
    expect(answer).toMatchObject({ status: 200, statusCode: 200 });
    expect(answer.says).toMatch(/The test of Nils Ny is queued|Testing Nils Ny/);
    expect(answer.says).toContain('This card is updated as the test goes on.');

    const done = await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });
    expect(done.activityId).toBe(activityId);
    for (const direction of DIRECTIONS) {
      for (const stage of STAGES) {
        expect(boxOf(done.says, direction)).toMatch(new RegExp(`✅ ${stage} · passed`));
      }
    }
    expect(done.says).not.toContain('❌');
    expect(world.servers.messages('nils.ny').length).toBeGreaterThan(0);
    expect((await shownMailbox(world)).says).toContain('✅ Working');
  });

  it('shows which stage failed, what the server said and what to do', async (context) => {
    const world = await openMailWorld(context);
    world.servers.password('nils.ny', 'changed on the server');
    const { card, activityId } = await shownMailbox(world);
    await world.press(ANNA, buttonOf(card, VERB), activityId);

    const done = await world.shown(ANNA, ['The test of Nils Ny found faults'], { method: 'PUT' });
    const incoming = boxOf(done.says, 'incoming');
    expect(incoming).toContain('✅ Encrypt');
    expect(incoming).toContain('❌ **Sign in** · failed');
    expect(incoming).toContain(
      'Server reply: **NO \\[AUTHENTICATIONFAILED\\] Authentication failed.**',
    );
    expect(incoming).toContain("The server didn't accept the user name and password.");
    expect(incoming).toContain('**What to do:**');
    expect(boxOf(done.says, 'outgoing')).toContain('535');
    expect(buttonOf(done.card, VERB)).not.toBeNull();
    expect(JSON.stringify(done.card)).not.toContain('staple rosebud');
  });
});

describe('Test & enable in Dynamics 365', () => {
  it('is answered at once, and the card follows to the result of each direction', async (context) => {
    const world = await openDynamicsWorld(context);
    const { card, activityId } = await shownMailbox(world);
    const from = world.cloud.sent.length;
    const answer = await world.press(ANNA, buttonOf(card, VERB), activityId);
    expect(answer).toMatchObject({ status: 200, statusCode: 200 });
    expect(answer.says).toMatch(/The test of Nils Ny is queued|Testing Nils Ny/);
    const done = await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });
    expect(done.activityId).toBe(activityId);
    for (const direction of DIRECTIONS) expect(boxOf(done.says, direction)).toContain('works');
    expect((await shownMailbox(world)).says).toContain('✅ Working');
  });

  it('shows the alert that Dynamics 365 raised, and what to do', async (context) => {
    const world = await openDynamicsWorld(context);
    world.breaks('nils.ny');
    const { card, activityId } = await shownMailbox(world);
    await world.press(ANNA, buttonOf(card, VERB), activityId);
    const done = await world.shown(ANNA, ['The test of Nils Ny found faults'], { method: 'PUT' });
    expect(boxOf(done.says, 'incoming')).toContain('**What to do:**');
    expect(done.says).toContain("The server didn't accept the user name and password.");
    expect(buttonOf(done.card, VERB)).not.toBeNull();
  });

  it('is started as the person who presses, whose client signs them in', async (context) => {
    const world = await openDynamicsWorld(context, { signedIn: [] });
    const { card, activityId } = await shownMailbox(world);
    await world.press(ANNA, buttonOf(card, VERB), activityId);
    const row = world.organization.row('mailbox', world.ids['Nils Ny']);
    expect(row?.values.testandenablelastattemptedby).toMatchObject({
      id: world.people.get(ANNA.id)?.userId,
    });
    expect(await world.audit()).toMatchObject([
      { actor: ANNA.id, outcome: 'no-change', detail: 'sign-in-required' },
      { actor: ANNA.id, outcome: 'done' },
    ]);
  });
});

describe.each(BOTH_ENGINES)('with $engine, Test & enable', ({ open }) => {
  it('can be pressed again on the card that says what failed', async (context) => {
    const world = await open(context);
    world.breaks('nils.ny');
    const { card, activityId } = await shownMailbox(world);
    await world.press(ANNA, buttonOf(card, VERB), activityId);
    const failed = await world.shown(ANNA, ['The test of Nils Ny found faults'], { method: 'PUT' });

    world.mends('nils.ny');
    const from = world.cloud.sent.length;
    const answer = await world.press(ANNA, buttonOf(failed.card, VERB), activityId);
    expect(answer.says).toMatch(/The test of Nils Ny is queued|Testing Nils Ny/);
    await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });
  });

  it('is refused to the owner, who forges the button, politely and without an effect', async (context) => {
    const world = await open(context);
    const [owned] = await world.say(ERIK, 'status Nils Ny');
    expect(buttonOf(owned?.card, VERB)).toBeNull();
    const forged = buttonOf((await shownMailbox(world)).card, VERB);
    const answer = await world.press(ERIK, forged, owned!.activityId);
    expect(answer).toMatchObject({ status: 200, statusCode: 200 });
    expect(answer.says).toContain('You may not do that yourself');
    expect(answer.says).toContain('Anna Admin');
    expect(answer.says).toContain('Nothing was changed.');
    expect(await world.audit()).toEqual([
      expect.objectContaining({
        actor: ERIK.id,
        action: VERB,
        subject: world.ids['Nils Ny'],
        outcome: 'denied',
      }),
    ]);
    expect((await shownMailbox(world)).says).toContain('never tested');
  });

  it('says the same to somebody who may not see the mailbox as about one that does not exist', async (context) => {
    const world = await open(context);
    const [help] = await world.say(OLLE, 'help');
    const { verb, data } = buttonOf((await shownMailbox(world)).card, VERB)!;
    const hidden = await world.press(OLLE, { verb, data }, help!.activityId);
    const nobody = { verb, data: { ...(data as object), mailboxId: 'nobody' } };
    const missing = await world.press(OLLE, nobody, help!.activityId);
    expect(hidden).toEqual(missing);
    expect(hidden.says).not.toContain('Nils');
  });

  it('that is pressed twice runs once', async (context) => {
    const world = await open(context);
    const { card, activityId } = await shownMailbox(world);
    const button = buttonOf(card, VERB);
    const answers = await Promise.all([
      world.press(ANNA, button, activityId),
      world.press(ANNA, button, activityId),
    ]);
    for (const { says } of answers) expect(says).toMatch(/The test of Nils Ny is queued|Testing/);
    await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT' });
    const outcomes = (await world.audit()).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(world.attempts('nils.ny')).toBe(1);
  });
});

// What the bot makes of a broken press is decided before any engine is asked.
describe('a button', () => {
  let world: MailWorld;

  beforeAll(async () => {
    world = await startMailWorld();
  });

  afterAll(() => world.stop());

  const broken: readonly (readonly [string, (data: object) => unknown])[] = [
    ['no value', () => undefined],
    ['a text', () => VERB],
    ['no action', () => ({})],
    ['an unknown verb', (data) => ({ action: { verb: 'format-c', data } })],
    ['an inherited verb', (data) => ({ action: { verb: 'constructor', data } })],
    ['no data', () => ({ action: { verb: VERB } })],
    ['data of another kind', () => ({ action: { verb: VERB, data: [1, 2] } })],
    [
      'the data of an older version',
      (data) => ({ action: { verb: VERB, data: { ...data, v: 0 } } }),
    ],
    [
      'a number for a mailbox',
      (data) => ({ action: { verb: VERB, data: { ...data, mailboxId: 7 } } }),
    ],
    [
      'more than it should have',
      (data) => ({ action: { verb: VERB, data: { ...data, actor: 1 } } }),
    ],
  ];

  it.each(broken)('with %s is answered as an outdated card, with 200', async (_, valueOf) => {
    const { card } = await shownMailbox(world);
    const value = valueOf(buttonOf(card, VERB)?.data as object);
    const invoke = activityFrom(ANNA, { type: 'invoke', name: 'adaptiveCard/action', value });
    const { status, body } = await post(world.program.url, invoke, await world.cloud.token());
    expect(status).toBe(200);
    expect(body).toContain('"statusCode":200');
    expect(body).toContain('AdaptiveCard');
    expect(body).toContain('That card is too old');
  });
});
