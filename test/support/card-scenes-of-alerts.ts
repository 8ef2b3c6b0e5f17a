import * as cards from '../../cards/index.ts';
import type { Alert } from '../../services/domain/alert.ts';
import type { Article } from '../../services/domain/article.ts';
import { idOf, type MailboxId, type ProfileId } from '../../services/domain/ids.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { at, type OutsideTexts } from './card-fixtures.ts';
import type { Scene } from './card-scenes.ts';

/** Walls of alerts: of a mailbox, of a profile and of a person. */
export function alertWallScenes(
  failed: Article,
  passed: Article,
  texts: OutsideTexts,
  t: Translator,
): Scene[] {
  const base: Alert = {
    id: idOf('alert-1'),
    topic: failed.id,
    level: 'error',
    scope: 'mailbox',
    nature: 'permanent',
    mailboxId: idOf('mailbox-1'),
    profileId: idOf('profile-1'),
    direction: 'incoming',
    slots: { mailbox: texts.mailbox, profile: texts.profile },
    raisedAt: at(-90),
    closedAt: null,
  };
  const row = (change: Partial<Alert>, words: string | null = texts.reply) => {
    const alert = { ...base, ...change };
    const article = alert.level === 'information' ? passed : failed;
    const open = alert.closedAt === null || alert.level === 'information';
    return {
      alert: { ...alert, topic: article.id },
      open,
      title: article.title[t.language],
      words,
    };
  };
  const ofProfile = { scope: 'profile', level: 'warning', nature: 'transient' } as const;
  const ended = { closedAt: at(-30) };
  const news = { level: 'information', closedAt: at(900) } as const;
  const mailbox = {
    wall: 'mailbox',
    name: texts.mailbox,
    mailboxId: 'mailbox-1',
    profileId: 'profile-1',
    rows: [row({}), row(ofProfile, null), row(news), row(ended)],
    more: false,
  } as const;
  const profile = {
    wall: 'profile',
    name: texts.profile,
    mailboxId: null,
    profileId: null,
    rows: [
      row({ ...ofProfile, mailboxId: null, affected: 214 }),
      row({ ...ofProfile, mailboxId: null, affected: 0, ...ended }),
    ],
    more: false,
  } as const;
  const outage = {
    id: 'outage-1',
    profileId: idOf<ProfileId>('profile-1'),
    since: at(-40),
    failing: 214,
    mailboxes: 400,
    endedAt: null,
  };
  const over = { ...outage, endedAt: at(-5) };
  const seen = {
    profileName: texts.profile,
    toldAs: 'owner',
    someDisabled: true,
    shownThrough: idOf<MailboxId>('mailbox-1'),
    conditions: [],
  } as const;
  const outages = [
    {
      name: 'outage-open',
      view: {
        ...seen,
        outage,
        conditions: profile.rows.map(({ alert, title }) => ({ alert, title })),
      },
    },
    {
      name: 'outage-over',
      view: { ...seen, outage: over, someDisabled: false },
    },
    { name: 'outage-over-but-disabled', view: { ...seen, outage: over } },
    { name: 'outage-without-owner', view: { ...seen, outage, toldAs: 'administrator' as const } },
    { name: 'outage-of-others', view: { ...seen, outage, toldAs: null, shownThrough: null } },
  ].map(({ name, view }) => ({ name, card: cards.profileOutageCard(view, t) }));
  const walls = [
    { name: 'wall-mailbox', view: mailbox },
    { name: 'wall-nothing-open', view: { ...mailbox, profileId: null, rows: [row(ended)] } },
    { name: 'wall-profile', view: profile },
    {
      name: 'wall-person',
      view: {
        wall: 'person' as const,
        name: null,
        mailboxId: null,
        profileId: null,
        rows: [...mailbox.rows, ...profile.rows, ...Array.from({ length: 6 }, () => row(ended))],
        more: true,
      },
    },
  ].map(({ name, view }) => ({ name, card: cards.alertWallCard(view, t) }));
  return [...walls, ...outages];
}
