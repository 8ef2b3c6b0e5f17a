import * as cards from '../../cards/index.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { OutsideTexts } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

/** An address that is rejected, another one than was approved, or the viewer's own. */
export function addressScenes(texts: OutsideTexts, t: Translator, box: Box): Scene[] {
  const rejected = { approval: 'rejected', health: 'not-enabled' } as const;
  const pending = { approval: 'pending', health: 'not-enabled' } as const;
  const asks = { testAndEnable: false, requestApproval: true };
  const neither = { testAndEnable: false };
  const approves = { approve: true };
  const own = { approvesItself: true };
  const elsewhere = box(rejected);
  const rejectedElsewhere = { ...elsewhere, rejection: { byName: null, at: null, reason: null } };
  const changed = (mailbox: ReturnType<Box>) =>
    cards.addressChangedCard(
      { mailbox, formerAddress: `former.${texts.address}`, address: texts.address },
      t,
    );
  const waiting = [box({ ...pending, allowed: asks })];
  const list = (whoDecides: readonly string[]) =>
    cards.mailboxListCard(
      { title: 'approvals-of-others', searched: null, mailboxes: waiting, more: 2, whoDecides },
      t,
    );
  const told = {
    ask: box({ ...rejected, allowed: asks }),
    approve: box({ ...rejected, allowed: approves }),
    others: box({ ...rejected, allowed: neither }),
    elsewhere: rejectedElsewhere,
    'approved-since': box(),
    'pending-since': box({ ...pending, allowed: asks }),
  };
  const notDone = (
    wish: cards.ActionRefusedView['wish'],
    why: cards.ActionRefusedView['why'],
    reply: string | null,
  ) => ({
    name: `not-done-${wish}-${why}`,
    card: cards.actionRefusedCard(
      { mailbox: told.ask, wish, why, reply, article: reply === null ? 'o365-approval' : null },
      t,
    ),
  });
  return [
    notDone('approve', 'no-effect', null),
    notDone('approve', 'office-administrator', texts.reply),
    notDone('approve', 'privilege', texts.reply),
    notDone('reject', 'no-effect', null),
    notDone('test', 'privilege', texts.reply),
    notDone('test', 'access', texts.reply),
    notDone('activate', 'privilege', texts.reply),
    notDone('deactivate', 'refused', texts.reply),
    notDone('profile', 'privilege', texts.reply),
    notDone('method', 'refused', texts.reply),
    notDone('method', 'no-effect', null),
    notDone('hold', 'not-offered', null),
    notDone('cancel', 'privilege', texts.reply),
    notDone('test', 'refused', texts.reply),
    ...Object.entries(told).map(([name, view]) => ({
      name: `rejected-address-${name}`,
      card: cards.rejectedAddressCard(view, t),
    })),
    { name: 'mailbox-rejected', card: cards.mailboxCard(told.ask, t) },
    { name: 'mailbox-rejected-elsewhere', card: cards.mailboxCard(rejectedElsewhere, t) },
    { name: 'mailbox-may-reject', card: cards.mailboxCard(box({ allowed: { reject: true } }), t) },
    { name: 'mailbox-own', card: cards.mailboxCard(box({ ...pending, allowed: own }), t) },
    {
      name: 'reject-ask',
      card: cards.rejectAskCard({ mailbox: box(), reason: texts.subject }, t),
    },
    { name: 'address-changed-approver', card: changed(box({ ...pending, allowed: approves })) },
    { name: 'address-changed-owner', card: changed(box({ ...pending, allowed: asks })) },
    { name: 'address-changed-own', card: changed(box({ ...pending, allowed: own })) },
    { name: 'address-changed-approved', card: changed(box()) },
    { name: 'address-changed-rejected', card: changed(told.ask) },
    { name: 'list-waiting-for-others', card: list([texts.person, 'Lars Lind']) },
    { name: 'list-waiting-for-nobody', card: list([]) },
  ];
}
