import { describe, expect, it } from 'vitest';
import type { WaitingMessage } from '../demo/waiting-messages.ts';
import { ANNA, buttonOf, ERIK, GUSTAV, OLLE } from './support/activities.ts';
import { openMailWorld } from './support/mail-world.ts';

const NOW = new Date();
const LAST_MONTH = new Date(NOW.getTime() - 30 * 86_400_000).toISOString();
const dayOf = (instant: string): string => instant.slice(0, 10);
/** As an English card writes a day in UTC: `25 Oct 2026`. */
const shownDay = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(instant),
  );
const fromNils = (subject: string, submittedAt: string): WaitingMessage => ({
  mailboxId: 'nils',
  from: 'nils.ny@contoso.example',
  to: 'erik.ek@contoso.example',
  subject,
  submittedAt,
});
const WAITING = [
  fromNils('Offer of last month', LAST_MONTH),
  fromNils('Reminder of last month', LAST_MONTH),
  fromNils('Minutes of today', NOW.toISOString()),
];
const withInput = (
  button: ReturnType<typeof buttonOf>,
  input: Readonly<Record<string, string>>,
) => ({ ...button!, data: { ...(button!.data as object), ...input } });

describe('enabling a mailbox that has waiting messages', () => {
  it('shows them first; the old ones are held, and what remains goes after a second confirmation', async (context) => {
    const world = await openMailWorld(context, { waiting: WAITING });
    const [mailbox] = await world.say(ANNA, 'status Nils Ny');
    const { activityId } = mailbox!;
    const days = await world.press(ANNA, buttonOf(mailbox!.card, 'test-and-enable'), activityId);
    expect(days.says).toContain('the 3 waiting messages are sent');
    expect(days.says).toContain(`${shownDay(LAST_MONTH)}**: 2 wait`);
    expect(await world.audit()).toEqual([]);

    const hold = withInput(buttonOf(days.card, 'hold-waiting'), { day: dayOf(NOW.toISOString()) });
    const held = await world.press(ANNA, hold, activityId);
    expect(held.says).toContain('2 messages were held');
    expect(held.says).toContain('the waiting message is sent');

    const from = world.cloud.sent.length;
    const go = buttonOf(held.card, 'test-and-enable');
    expect(go?.data).toMatchObject({ letGo: 1 });
    await world.press(ANNA, go, activityId);
    await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });
    const arrived = (): string =>
      world.servers
        .messages('erik.ek')
        .map(({ raw }) => raw.toString())
        .join();
    await expect.poll(arrived, { timeout: 15_000 }).toContain('Minutes of today');
    expect(arrived()).not.toContain('last month');
    const [outbox] = await world.say(ERIK, 'outbox Nils Ny');
    expect(outbox?.says).toContain('Offer of last month');
    expect(outbox?.says).toContain('Held back');

    // What is held outlives the program, and its owner cancels it, asked a second time.
    await world.crash();
    const [again] = await world.say(ERIK, 'outbox Nils Ny');
    const waiting = await world.press(
      ERIK,
      buttonOf(again!.card, 'show-waiting'),
      again!.activityId,
    );
    const cancel = withInput(buttonOf(waiting.card, 'ask-cancel-waiting'), { day: 'all' });
    const asked = await world.press(ERIK, cancel, again!.activityId);
    expect(asked.says).toContain('Cancel 2 messages from Nils Ny?');
    const done = await world.press(ERIK, buttonOf(asked.card, 'cancel-waiting'), again!.activityId);
    expect(done.says).toContain('2 messages were cancelled');
    expect(await world.audit()).toMatchObject([
      { actor: ANNA.id, action: 'hold-messages', subject: 'nils', outcome: 'done' },
      { actor: ANNA.id, action: 'test-and-enable', subject: 'nils', outcome: 'done' },
      { actor: ERIK.id, action: 'cancel-messages', subject: 'nils', outcome: 'done' },
    ]);
  });
});

describe('rejecting an address', () => {
  it('takes a reason and a second press; its owner reads why, and it can be approved after all', async (context) => {
    const world = await openMailWorld(context);
    await world.say(ERIK, 'help');
    const [mailbox] = await world.say(ANNA, 'status Nils Ny');
    const { card, activityId } = mailbox!;
    const reason = 'Nils has left the company';
    const form = withInput(buttonOf(card, 'ask-reject-email'), { reason });
    const asked = await world.press(ANNA, form, activityId);
    expect(asked.says).toContain('Reject the email address of Nils Ny?');
    expect(asked.says).toContain(reason);
    const rejected = await world.press(ANNA, buttonOf(asked.card, 'reject-email'), activityId);
    expect(rejected.says).toContain('The email address is rejected');

    const told = await world.shown(ERIK, ['Nils Ny was rejected', reason], { method: 'POST' });
    expect(told.says).toContain('then ask for approval again');
    expect(await world.audit()).toMatchObject([
      { actor: ANNA.id, action: 'reject-email', subject: 'nils', outcome: 'done', detail: reason },
    ]);

    const from = world.cloud.sent.length;
    await world.press(ANNA, buttonOf(rejected.card, 'approve-email'), activityId);
    const after = await world.shown(ERIK, ['has been approved since'], { method: 'PUT', from });
    expect(after.activityId).toBe(told.activityId);
  });
});

describe('whose own address of Exchange Online it is', () => {
  it('approves it by testing; others who wait for an approval read who decides', async (context) => {
    const world = await openMailWorld(context);
    const [waits] = await world.say(OLLE, 'approvals');
    expect(waits?.says).toContain('Gustav Global and Greta Global can decide.');
    const [mailbox] = await world.say(OLLE, 'status Olle Olsson');
    const { card, activityId, says } = mailbox!;
    expect(says).toContain('This is your own address');
    await world.press(OLLE, buttonOf(card, 'test-and-enable'), activityId);
    await world.shown(OLLE, ['Olle Olsson works and is enabled'], { method: 'PUT' });
    const [seen] = await world.say(GUSTAV, 'status Olle Olsson');
    expect(seen?.says).toContain('Approved · Olle Olsson');
    expect(await world.audit()).toMatchObject([
      { actor: OLLE.id, action: 'test-and-enable', subject: 'olle', outcome: 'done' },
      { actor: OLLE.id, action: 'approve-email', subject: 'olle', outcome: 'done' },
    ]);
  });
});
