import * as cards from '../../cards/index.ts';
import { idOf } from '../../services/domain/ids.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import { NOT_ALLOWED, type SetUpChange } from '../../services/domain/set-up-change.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { at, type OutsideTexts } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

const URL_OF_EWS = 'https://mail.contoso.example/EWS/Exchange.asmx';

/** Profiles as they are, and how they are changed. */
export function changeScenes(texts: OutsideTexts, t: Translator, box: Box): Scene[] {
  const mailbox = box({ directions: ['disabled', 'disabled', 'notByServer'], fixes: ['incoming'] });
  const imap = profileOf(mailbox);
  const host = texts.address;
  const typed = {
    ...imap,
    incoming: { ...imap.incoming, host, port: 143, tls: 'starttls' },
  } as const;
  const exchange: EmailServerProfile = {
    ...profileOf(box({ serverType: 'exchange-server' })),
    autodiscover: true,
    impersonation: true,
  };
  const located = { ...exchange, autodiscover: false, location: `${URL_OF_EWS}/${texts.subject}` };
  const plain = { ...imap, outgoing: { ...imap.outgoing, port: 25, tls: 'none' } } as const;
  const article = { topic: 'profile-location-settings', title: texts.subject };
  const made = { id: 'change', at: at(-60), by: idOf<SetUpChange['by']>('user-2') };
  const profileId = imap.id;
  const overruled = { ...made, overruledAt: at(-1) };
  const standing = { ...made, overruledAt: null };
  const { port, tls } = imap.incoming;
  const before = { host: imap.incoming.host, port, tls };
  const changes: readonly SetUpChange[] = [
    { ...standing, part: 'incoming', profileId, over: before, now: { ...before, host, port: 143 } },
    { ...overruled, part: 'location', profileId, over: null, now: located.location },
    {
      ...standing,
      part: 'act',
      mailboxId: mailbox.mailbox.id,
      over: 'server-side-synchronization',
      now: 'none',
    },
    { ...standing, part: 'active', mailboxId: mailbox.mailbox.id, over: true, now: false },
  ];
  const profile = (view: Partial<cards.ProfileView>) =>
    cards.profileCard(
      { mailbox, profile: imap, ownerName: texts.person, changes: [], mayChange: true, ...view },
      t,
    );
  const form = (view: Partial<cards.ChangeFormView>) =>
    cards.changeFormCard(
      {
        mailbox,
        profile: imap,
        part: 'incoming',
        typed: { url: '', host: 'mail.contoso.example', port: '' },
        choices: [
          { port: 993, tls: 'implicit' },
          { port: 143, tls: 'starttls' },
        ],
        chosen: '143 starttls',
        trouble: null,
        ...view,
      },
      t,
    );
  const preview = (view: Partial<cards.ChangePreviewView>) =>
    cards.changePreviewCard(
      {
        mailbox,
        part: 'incoming',
        change: { kind: 'set-endpoint', side: 'incoming', host: 'x', port: 143, tls: 'starttls' },
        before: imap,
        after: typed,
        warnings: [],
        mailboxCount: 12,
        seen: 'imap.contoso.example:993 implicit',
        pressKey: 'press-1',
        overtaken: false,
        ...view,
      },
      t,
    );
  const sideways = { mailbox: { ...mailbox, profile: plain }, profile: plain };
  return [
    { name: 'profile', card: profile({}) },
    {
      name: 'profile-changed',
      card: profile({ changes: changes.map((change) => ({ change, byName: texts.person })) }),
    },
    ...(['profile', 'mailbox'] as const).map((outgoingCredentialSource) => ({
      name: `profile-outgoing-by-${outgoingCredentialSource}`,
      card: profile({ profile: { ...imap, outgoingCredentialSource } }),
    })),
    { name: 'profile-unencrypted', card: profile(sideways) },
    { name: 'profile-of-exchange', card: profile({ profile: located }) },
    { name: 'profile-of-exchange-searched', card: profile({ profile: exchange, ownerName: null }) },
    { name: 'profile-for-reading', card: profile({ mayChange: false }) },
    { name: 'change-form', card: form({}) },
    {
      name: 'change-form-location',
      card: form({
        profile: exchange,
        part: 'location',
        typed: { url: URL_OF_EWS, host: '', port: '' },
      }),
    },
    ...NOT_ALLOWED.map((because) => ({
      name: `change-form-${because}`,
      card: form({
        typed: { url: '', host: texts.address, port: '22' },
        trouble: { kind: 'not-allowed', because, article },
      }),
    })),
    { name: 'change-preview', card: preview({}) },
    {
      name: 'change-preview-warned',
      card: preview({ warnings: [{ ...article, rule: 'not-listed' }], overtaken: true }),
    },
    {
      name: 'change-preview-location',
      card: preview({
        part: 'location',
        change: { kind: 'fix-location', url: URL_OF_EWS },
        before: exchange,
        after: located,
        mailboxCount: 1,
      }),
    },
    {
      name: 'change-preview-search',
      card: preview({
        part: 'location',
        change: { kind: 'search-location' },
        before: located,
        after: exchange,
      }),
    },
    {
      name: 'change-refused',
      card: cards.changeRefusedCard({ mailbox, trouble: { kind: 'unsupported', article } }, t),
    },
    ...(['none', 'server-side-synchronization', 'as-registered'] as const).map((method) => ({
      name: `change-method-${method}`,
      card: cards.methodPreviewCard({ mailbox, method, pressKey: 'press-1' }, t),
    })),
    {
      name: 'deactivate',
      card: cards.setActiveCard(box({ directions: ['working', 'retrying', 'working'] }), false, t),
    },
    { name: 'deactivate-waiting', card: cards.setActiveCard(box({ pendingSend: 3 }), false, t) },
    { name: 'activate', card: cards.setActiveCard(box({ health: 'inactive' }), true, t) },
    {
      name: 'activate-sending',
      card: cards.setActiveCard(box({ health: 'inactive', pendingSend: 3 }), true, t),
    },
    {
      name: 'activate-nothing',
      card: cards.setActiveCard(
        box({
          health: 'inactive',
          pendingSend: 1,
          directions: ['disabled', 'neverTested', 'notByServer'],
        }),
        true,
        t,
      ),
    },
    { name: 'owner-disabled', card: cards.ownerDisabledCard(box({ health: 'inactive' }), t) },
    ...(['location', 'incoming', 'outgoing', 'act-off'] as const).map((fix) => ({
      name: `mailbox-to-fix-${fix}`,
      card: cards.mailboxCard({ ...mailbox, fixes: [fix] }, t),
    })),
  ];
}

function profileOf({ profile }: cards.MailboxView): EmailServerProfile {
  if (profile === null) throw new TypeError('a mailbox without a profile');
  return profile;
}
