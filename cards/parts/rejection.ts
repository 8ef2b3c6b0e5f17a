import type { Translator } from '../../services/i18n/index.ts';
import { execute, REASON_MAX_LENGTH } from '../actions.ts';
import type { CardAction } from '../card.ts';
import { bold, container, type Elements, joined, say, text } from '../elements.ts';
import { type CardText, plain } from '../text.ts';
import type { MailboxView } from '../views.ts';

/** Opens a small form: the owner reads why, so a reason is wanted. */
export function rejectButton(view: MailboxView, t: Translator): CardAction | null {
  if (!view.allowed.reject) return null;
  const { id: mailboxId, name, address } = view.mailbox;
  return {
    type: 'Action.ShowCard',
    title: t('card.button.reject-address'),
    mode: 'secondary',
    card: {
      type: 'AdaptiveCard',
      body: [
        text(say(t, 'card.reject.explain', { mailbox: name, address })),
        {
          type: 'Input.Text',
          id: 'reason',
          label: t('card.reject.reason'),
          placeholder: t('card.reject.placeholder'),
          isMultiline: true,
          isRequired: true,
          maxLength: REASON_MAX_LENGTH,
          errorMessage: t('card.reject.required'),
        },
        {
          type: 'ActionSet',
          actions: [execute('ask-reject-email', t('card.button.reject-next'), { mailboxId })],
        },
      ],
    },
  };
}

/** Says that the address is rejected, by whom and why; nothing where it is not. */
export function rejectionBox(view: MailboxView, t: Translator): Elements {
  if (view.rejection === null) return [];
  return [
    container(
      [
        text(bold(say(t, 'card.rejection.box')), { spacing: 'none' }),
        text(rejectedBy(view.rejection, t), { spacing: 'none' }),
        text(say(t, whatHelps(view)), { spacing: 'small' }),
      ],
      { style: 'attention', spacing: 'medium' },
    ),
  ];
}

type Rejection = NonNullable<MailboxView['rejection']>;

export function rejectedBy({ byName, at, reason }: Rejection, t: Translator): CardText {
  const name = byName ?? t('card.somebody');
  return joined(
    [
      at === null
        ? say(t, 'card.rejection.by', { name })
        : say(t, 'card.rejection.by-when', { name, when: t.dateTime(at) }),
      reason === null
        ? null
        : joined([say(t, 'card.rejection.reason'), bold(plain(reason, REASON_MAX_LENGTH))], ' '),
    ],
    ' ',
  );
}

export function whatHelps({ allowed }: MailboxView) {
  if (allowed.approve) return 'card.rejection.help-approve' as const;
  return allowed.requestApproval
    ? ('card.rejection.help-ask' as const)
    : ('card.rejection.help-others' as const);
}
