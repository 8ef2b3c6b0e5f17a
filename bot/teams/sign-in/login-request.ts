import type { Activity, InvokeResponse } from 'botbuilder';
import type { Translator } from '../../../services/i18n/index.ts';
import { messageAnswer } from '../invoke-answer.ts';
import type { Trouble } from './sign-in.ts';
import type { SignInInvitation } from './token-service.ts';

interface Ask {
  readonly connectionName: string;
  readonly invitation: SignInInvitation;
  readonly text: string;
  /** The client may sign its person in by itself; not again where that has failed. */
  readonly silently: boolean;
}

/** As documented; a member that is null or undefined would make Teams refuse the card. */
function oauthCard({ connectionName, invitation, text, silently }: Ask, t: Translator) {
  const { link, exchange } = invitation;
  const title = t('sign-in.button');
  return {
    text,
    connectionName,
    ...(silently && exchange !== undefined && { tokenExchangeResource: exchange }),
    buttons: [{ type: 'signin', title, text: title, value: link }],
  };
}

/** As a message: what was written, or pressed by a client without Action.Execute, goes on when they have. */
export function signInMessage(ask: Ask, t: Translator): Partial<Activity> {
  const contentType = 'application/vnd.microsoft.card.oauth';
  return {
    type: 'message',
    summary: ask.text,
    attachments: [{ contentType, content: oauthCard(ask, t) }],
  };
}

/** As the answer to a pressed button: the client presses it again when its person has signed in. */
export function loginRequest(ask: Ask, t: Translator): InvokeResponse {
  const type = 'application/vnd.microsoft.activity.loginRequest';
  return { status: 200, body: { statusCode: 401, type, value: oauthCard(ask, t) } };
}

/**
 * What a button that was pressed again is answered with when its person is not signed in after all.
 * Of a token that cannot be exchanged the client is told as documented, and shows its own button.
 * For the rest there are documented codes that no client explains: a text does, and the card stays as
 * it is, with the button on it.
 */
export function notSignedIn(trouble: Trouble, t: Translator): InvokeResponse {
  switch (trouble) {
    case 'not-exchanged': {
      const type = 'application/vnd.microsoft.error.preconditionFailed';
      const value = { code: '412', message: t('sign-in.ask.not-exchanged') };
      return { status: 200, body: { statusCode: 412, type, value } };
    }
    case 'another-organization':
      return messageAnswer(t('sign-in.ask.another-organization'));
    case 'wrong-code':
    case 'cancelled':
    case 'another-person':
    case 'unreadable':
      return messageAnswer(t(`sign-in.press.${trouble}`));
  }
}
