import {
  type ChangeTrouble,
  changeFormCard,
  changePreviewCard,
  changeRefusedCard,
  type Explained,
} from '../../../cards/index.ts';
import { idOf, type TopicId } from '../../../services/domain/ids.ts';
import type { EmailServerProfile } from '../../../services/domain/profile.ts';
import type {
  ChangeObjection,
  ProfileChange,
  ProfilePart,
} from '../../../services/domain/set-up-change.ts';
import type { Translator } from '../../../services/i18n/index.ts';
import {
  changeFormView,
  type MailboxContext,
  mailboxView,
  type TypedChange,
} from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import {
  type ActionAnswer,
  actionContext,
  answerShowing,
  outdatedAnswer,
  plainAnswer,
  signInAnswer,
} from './action.ts';
import { forAdministrators } from './administered.ts';
import { refusedAnswer } from './refused-answer.ts';
import { changeOf, typedChange } from './typed-change.ts';

/** What was typed into the form, as it would change the profile; or the form again, with why not. */
export function previewProfile(
  asker: Asker,
  data: {
    readonly mailboxId: string;
    readonly part: ProfilePart;
    readonly fields: Readonly<Record<string, string>>;
  },
  services: BotServices,
): Promise<ActionAnswer> {
  const { mailboxId, part } = data;
  return forAdministrators(asker, mailboxId, 'change-profile', services, (context) => {
    const typed = typedChange(data.fields);
    return preview(asker, context, { part, change: changeOf(part, typed), typed }, services);
  });
}

/** The same for a wish that needs no form: Auto Discover on again, or a change undone. */
export function previewChange(
  asker: Asker,
  { mailboxId, change }: { readonly mailboxId: string; readonly change: ProfileChange },
  services: BotServices,
): Promise<ActionAnswer> {
  return forAdministrators(asker, mailboxId, 'change-profile', services, (context) =>
    preview(asker, context, { part: partOf(change), change, typed: null }, services),
  );
}

export interface Wish {
  readonly part: ProfilePart;
  /** Null where what was typed is none. */
  readonly change: ProfileChange | null;
  /** Null where no form was filled. */
  readonly typed: TypedChange | null;
  /** Shown before, and something else has changed since. */
  readonly overtaken?: boolean;
}

export async function preview(
  asker: Asker,
  context: MailboxContext & { readonly profile: EmailServerProfile },
  { part, change, typed, overtaken = false }: Wish,
  services: BotServices,
): Promise<ActionAnswer> {
  const { t, viewer, idempotencyKey } = asker;
  const { profile } = context;
  const mailboxId = context.mailbox.id;
  const mailbox = await mailboxView(services, context, viewer, t);
  const refused = (trouble: ChangeTrouble): ActionAnswer =>
    plainAnswer(
      typed === null
        ? changeRefusedCard({ mailbox, trouble }, t)
        : changeFormCard(changeFormView(mailbox, profile, part, typed, trouble), t),
    );
  if (change === null) {
    const topic = 'profile-location-settings';
    const malformed = { kind: 'not-allowed', because: 'malformed', topic } as const;
    return refused(troubleOf(malformed, services, t));
  }
  const check = await services.engine.checkProfileChange(profile.id, change);
  switch (check.kind) {
    case 'possible': {
      const view = {
        mailbox,
        part,
        change,
        before: check.before,
        after: check.after,
        warnings: check.warnings.map(({ topic, rule }) => ({
          ...explained(topic, services, t),
          rule,
        })),
        mailboxCount: check.mailboxCount,
        seen: seenOf(check.before, part),
        // Of the press that asked for it: pressed twice, one card's button is one wish.
        pressKey: idempotencyKey.slice(-200),
        overtaken,
      };
      return plainAnswer(changePreviewCard(view, t));
    }
    case 'unsupported':
    case 'not-allowed':
      return refused(troubleOf(check, services, t));
    case 'unchanged':
      // Whoever has read that the registry won, takes the note of it away.
      if (change.kind === 'undo') {
        const acting = await actionContext(asker, services);
        const forgot = await services.engine.forgetOverruled(profile.id, part, acting);
        if (forgot.kind === 'sign-in-required') return signInAnswer(asker, services);
      }
      return answerShowing({ card: 'profile', mailboxId }, asker, services);
    case 'sign-in-required':
      return signInAnswer(asker, services);
    case 'no-effect':
    case 'not-permitted':
    case 'refused':
      return refusedAnswer(check, { wish: 'profile', mailboxId }, asker, services);
    default:
      return outdatedAnswer(asker, mailboxId);
  }
}

export function partOf(change: ProfileChange): ProfilePart {
  switch (change.kind) {
    case 'fix-location':
    case 'search-location':
      return 'location';
    case 'set-endpoint':
      return change.side;
    case 'undo':
      return change.part;
  }
}

/** A part of a profile in one line: what was shown, and what the audit keeps. */
export function seenOf(profile: EmailServerProfile, part: ProfilePart): string {
  if (part === 'location') return profile.autodiscover ? 'autodiscover' : (profile.location ?? '');
  const { host, port, tls } = profile[part];
  return `${host}:${port} ${tls}`;
}

export function troubleOf(
  objection: ChangeObjection,
  services: BotServices,
  t: Translator,
): ChangeTrouble {
  if (objection.kind === 'unsupported') {
    return { kind: 'unsupported', article: explained(objection.reason.topic, services, t) };
  }
  const { kind, because, topic } = objection;
  return { kind, because, article: explained(topic, services, t) };
}

function explained(topic: string, { knowledge }: BotServices, t: Translator): Explained {
  return { topic, title: knowledge.article(idOf<TopicId>(topic))?.title[t.language] ?? topic };
}
