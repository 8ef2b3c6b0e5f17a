import { describe, expect, it } from 'vitest';
import { ANNA, buttonOf, buttonsOf, ERIK, GRETA, GUSTAV, OLLE } from './support/activities.ts';
import { BOTH_ENGINES, type BothWorld } from './support/both-engines.ts';

async function status(world: BothWorld, person: typeof ANNA, name: string) {
  const [shown] = await world.say(person, `status ${name}`);
  return shown!;
}

/** The Approve button of somebody who may press it. */
async function stolenFrom(world: BothWorld, person: typeof ANNA, name: string) {
  return buttonOf((await status(world, person, name)).card, 'approve-email');
}

/** Anna, who may not approve for Exchange Online, asks those who may; both have talked to the bot. */
async function askedByAnna(world: BothWorld) {
  await world.say(GUSTAV, 'help');
  await world.say(GRETA, 'help');
  const own = await status(world, ANNA, 'Eva Holm');
  const denied = await world.press(
    ANNA,
    await stolenFrom(world, GUSTAV, 'Eva Holm'),
    own.activityId,
  );
  const request = buttonOf(denied.card, 'request-approval')!;
  const sent = await world.press(
    ANNA,
    { ...request, data: { ...(request.data as object), reason: 'A new colleague' } },
    own.activityId,
  );
  const asks = ['Request to approve an email address', '⏳ Waiting for a decision'];
  const [gustavs, gretas] = await Promise.all([
    world.shown(GUSTAV, asks),
    world.shown(GRETA, asks),
  ]);
  return { own, denied, sent, gustavs, gretas };
}

describe.each(BOTH_ENGINES)('with $engine, approving an address of IMAP', ({ open }) => {
  it('is done by the System administrator, audited, and every other card follows', async (context) => {
    const world = await open(context);
    const annas = await status(world, ANNA, 'Kundtjänst');
    const gustavs = await status(world, GUSTAV, 'Kundtjänst');
    const eriks = await status(world, ERIK, 'Kundtjänst');
    expect(annas.says).toContain('Waiting for approval');
    expect(buttonsOf(eriks.card)).not.toContain('Approve email');

    const from = world.cloud.sent.length;
    const button = buttonOf(annas.card, 'approve-email');
    const answer = await world.press(ANNA, button, annas.activityId);
    expect(answer).toMatchObject({ status: 200, statusCode: 200 });
    expect(answer.says).toContain('Approved · Anna Admin');
    expect(buttonsOf(answer.card)).not.toContain('Approve email');
    for (const [person, { activityId }] of [
      [GUSTAV, gustavs],
      [ERIK, eriks],
    ] as const) {
      const updated = await world.shown(person, ['Approved · Anna Admin'], { method: 'PUT', from });
      expect(updated.activityId).toBe(activityId);
    }
    expect(await world.audit()).toMatchObject([
      {
        actor: ANNA.id,
        action: 'approve-email',
        subject: world.ids.Kundtjänst,
        outcome: 'done',
        detail: 'approved',
      },
    ]);
  });

  it('is refused to the owner of the mailbox, who can ask the administrators', async (context) => {
    const world = await open(context);
    const eriks = await status(world, ERIK, 'Kundtjänst');
    const forged = await stolenFrom(world, ANNA, 'Kundtjänst');
    const answer = await world.press(ERIK, forged, eriks.activityId);
    expect(answer.says).toContain('You may not do that yourself');
    expect(answer.says).toContain('Anna Admin');
    expect(buttonOf(answer.card, 'request-approval')).not.toBeNull();
    expect((await status(world, ANNA, 'Kundtjänst')).says).toContain('Waiting for approval');
    expect((await world.audit()).map(({ outcome }) => outcome)).toEqual(['denied']);
  });
});

describe.each(BOTH_ENGINES)('with $engine, approving an address of Exchange Online', ({ open }) => {
  it('is refused to the System administrator, and nothing changes', async (context) => {
    const world = await open(context);
    const own = await status(world, ANNA, 'Eva Holm');
    expect(buttonsOf(own.card)).not.toContain('Approve email');
    const forged = await stolenFrom(world, GUSTAV, 'Eva Holm');
    const answer = await world.press(ANNA, forged, own.activityId);
    expect(answer).toMatchObject({ status: 200, statusCode: 200 });
    expect(answer.says).toContain('takes a Global administrator or Exchange administrator');
    expect(answer.says).toContain('Gustav Global');
    expect(answer.says).toContain('Nothing was changed.');
    expect((await status(world, ANNA, 'Eva Holm')).says).toContain('Waiting for approval');
    expect(await world.audit()).toMatchObject([
      {
        actor: ANNA.id,
        action: 'approve-email',
        subject: world.ids['Eva Holm'],
        outcome: 'denied',
      },
    ]);
  });

  it('is asked of the Global administrators; one decides, and the cards of all others follow', async (context) => {
    const world = await open(context);
    const { own, sent, gustavs, gretas } = await askedByAnna(world);
    expect(sent.says).toContain('Your request was sent');
    expect(sent.says).toContain('Gustav Global and Greta Global');
    for (const { says, card } of [gustavs, gretas]) {
      expect(says).toContain('Anna Admin');
      expect(says).toContain('A new colleague');
      expect(buttonsOf(card)).toEqual(expect.arrayContaining(['Approve email', 'Reject']));
    }
    const second = await status(world, ANNA, 'Eva Holm');
    const olles = await status(world, OLLE, 'Eva Holm');

    const from = world.cloud.sent.length;
    const approve = buttonOf(gustavs.card, 'decide-request');
    const answer = await world.press(GUSTAV, approve, gustavs.activityId);
    expect(answer.says).toContain('✅ Approved');
    expect(answer.says).toContain('Decided by Gustav Global');
    const [onGretas, whereAsked, elsewhere, onOlles] = await Promise.all([
      world.shown(GRETA, ['✅ Approved', 'Decided by Gustav Global'], { method: 'PUT', from }),
      world.shown(ANNA, ['✅ Approved', 'Decided by Gustav Global'], { method: 'PUT', from }),
      world.shown(ANNA, ['Approved · Gustav Global'], { method: 'PUT', from }),
      world.shown(OLLE, ['Approved · Gustav Global'], { method: 'PUT', from }),
    ]);
    expect(onGretas.activityId).toBe(gretas.activityId);
    expect(whereAsked.activityId).toBe(own.activityId);
    expect(elsewhere.activityId).toBe(second.activityId);
    expect(onOlles.activityId).toBe(olles.activityId);
    expect(await world.audit()).toMatchObject([
      { actor: ANNA.id, outcome: 'denied' },
      { actor: ANNA.id, action: 'request-approval', outcome: 'done' },
      {
        actor: GUSTAV.id,
        action: 'approve-email',
        subject: world.ids['Eva Holm'],
        outcome: 'done',
      },
    ]);
  });

  it('is decided once: the second decision names who was first', async (context) => {
    const world = await open(context);
    const { gustavs, gretas } = await askedByAnna(world);
    await world.press(GUSTAV, buttonOf(gustavs.card, 'decide-request'), gustavs.activityId);
    // Her card as it was before it followed.
    const reject = buttonOf(gretas.card, 'decide-request')!;
    const answer = await world.press(
      GRETA,
      { ...reject, data: { ...(reject.data as object), decision: 'reject' } },
      gretas.activityId,
    );
    expect(answer).toMatchObject({ status: 200, statusCode: 200 });
    expect(answer.says).toContain('✅ Approved');
    expect(answer.says).toContain('Decided by Gustav Global');
    expect(await world.audit()).toContainEqual(
      expect.objectContaining({ actor: GRETA.id, outcome: 'no-change' }),
    );
  });

  it('cannot be decided by the person who asked', async (context) => {
    const world = await open(context);
    const { own, gustavs } = await askedByAnna(world);
    const stolen = buttonOf(gustavs.card, 'decide-request');
    const answer = await world.press(ANNA, stolen, own.activityId);
    expect(answer.says).toContain('You may not do that yourself');
    expect((await status(world, ANNA, 'Eva Holm')).says).toContain('Waiting for approval');
  });
});
