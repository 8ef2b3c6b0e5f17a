import { carriedAddress, letsGo } from '../../services/domain/mailbox.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute, REASON_MAX_LENGTH, type Verb } from '../actions.ts';
import type { CardAction, CardElement, ExecuteAction } from '../card.ts';
import { say, text } from '../elements.ts';
import type { MailboxView } from '../views.ts';
import { actionRow } from './action-rows.ts';

/**
 * Pressing the same button of the same state twice has one effect: the key says which state it was.
 * Drawn again after a change, the button is a new one.
 */
export function pressKeyOf(view: MailboxView, verb: Verb): string {
  return `${view.mailbox.id}:${view.mailbox.version}:${verb}`;
}

export function testButton(view: MailboxView, t: Translator): ExecuteAction | null {
  if (!view.allowed.testAndEnable) return null;
  const pressKey = pressKeyOf(view, 'test-and-enable');
  return execute(
    'test-and-enable',
    t('card.button.test-and-enable'),
    { mailboxId: view.mailbox.id, pressKey },
    // Not the next step where a test would only say that the address isn't approved.
    approvalComesFirst(view) ? {} : { style: 'positive' },
  );
}

function approvalComesFirst({ allowed }: MailboxView): boolean {
  return (allowed.approve || allowed.requestApproval) && !allowed.approvesItself;
}

/** The second confirmation: names how many messages go when outgoing email is enabled. */
export function letGoButton(view: MailboxView, t: Translator): ExecuteAction | null {
  const count = letsGo(view.mailbox);
  if (!view.allowed.testAndEnable || count === 0) return null;
  return execute('test-and-enable', t('card.button.test-and-send', { count }), {
    mailboxId: view.mailbox.id,
    pressKey: pressKeyOf(view, 'test-and-enable'),
    letGo: count,
  });
}

export function approveButton(view: MailboxView, t: Translator): CardAction | null {
  const mailboxId = view.mailbox.id;
  if (view.allowed.approve) {
    const pressKey = pressKeyOf(view, 'approve-email');
    return execute(
      'approve-email',
      t('card.button.approve'),
      { mailboxId, pressKey, address: carriedAddress(view.mailbox) },
      approvalComesFirst(view) ? { style: 'positive' } : {},
    );
  }
  return view.allowed.requestApproval
    ? requestButton(mailboxId, view.mailbox.name, pressKeyOf(view, 'request-approval'), t)
    : null;
}

/** Opens a small form: why the address should be approved is optional. */
export function requestButton(
  mailboxId: string,
  mailboxName: string,
  pressKey: string,
  t: Translator,
): CardAction {
  return {
    type: 'Action.ShowCard',
    title: t('card.button.request-approval'),
    card: {
      type: 'AdaptiveCard',
      body: [
        text(say(t, 'card.request.explain', { mailbox: mailboxName })),
        {
          type: 'Input.Text',
          id: 'reason',
          label: t('card.request.reason'),
          placeholder: t('card.request.placeholder'),
          isMultiline: true,
          maxLength: REASON_MAX_LENGTH,
          errorMessage: t('card.request.too-long'),
        },
        {
          type: 'ActionSet',
          actions: [
            execute('request-approval', t('card.button.send-request'), { mailboxId, pressKey }),
          ],
        },
      ],
    },
  };
}

/** Takes an Exchange mailbox over from another organization; asks once more before. */
export function markPrimaryButton(view: MailboxView, t: Translator): ExecuteAction | null {
  if (!view.allowed.markPrimary) return null;
  const mailboxId = view.mailbox.id;
  return execute('ask-mark-primary', t('card.button.mark-primary'), { mailboxId });
}

/** The one thing to do with an inactive mailbox; asks once more before. */
export function activateButton(view: MailboxView, t: Translator): ExecuteAction | null {
  if (!view.allowed.activate) return null;
  const wish = { mailboxId: view.mailbox.id, active: true };
  return execute('ask-set-active', t('card.button.activate'), wish, { style: 'positive' });
}

/** Rarely wanted: a row below the buttons, which asks once more. */
export function deactivateRow(view: MailboxView, t: Translator): CardElement | null {
  if (!view.allowed.deactivate) return null;
  const wish = { mailboxId: view.mailbox.id, active: false };
  return actionRow(execute('ask-set-active', t('card.button.deactivate'), wish));
}

export function outboxButton(view: MailboxView, t: Translator): ExecuteAction | null {
  if (!view.allowed.showOutbox) return null;
  const title = t('card.button.outbox', { count: view.mailbox.pendingSend });
  return execute('show-outbox', title, { mailboxId: view.mailbox.id });
}

export function waitingButton(view: MailboxView, t: Translator): ExecuteAction {
  return execute('show-waiting', t('card.button.waiting'), { mailboxId: view.mailbox.id });
}

export function mailboxButton(view: Pick<MailboxView, 'mailbox'>, t: Translator): ExecuteAction {
  return execute('show-mailbox', t('card.button.show-mailbox'), { mailboxId: view.mailbox.id });
}

/** Opens the article; its title is too long for a button (see topicRows). */
export function topicButton(topic: string, label: string, mailboxId?: string): ExecuteAction {
  return execute('show-topic', label, mailboxId === undefined ? { topic } : { topic, mailboxId });
}
