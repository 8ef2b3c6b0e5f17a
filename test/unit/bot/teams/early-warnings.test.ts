import { describe, expect, it } from 'vitest';
import { personViewer } from '../../../../bot/present/index.ts';
import type { ServerCertificate } from '../../../../services/domain/early-warning.ts';
import {
  admin,
  anna,
  type BotWorld,
  buttonsOf,
  bystander,
  createBotWorld,
  profileOwner,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { message } from '../../../support/teams-activity.ts';

const EXPIRING: ServerCertificate = {
  host: 'mail.contoso.test',
  port: 993,
  subject: 'mail.contoso.test',
  issuer: 'Contoso CA',
  validTo: '2026-12-10T09:30:00.000Z',
  fingerprint: 'AA:11',
};
const RENEWED = { ...EXPIRING, fingerprint: 'BB:22', validTo: '2029-01-01T00:00:00.000Z' };
const TITLE = 'The certificate of mail.contoso.test expires';

async function told({ adapter }: BotWorld, kind: 'sent' | 'updated', words: string) {
  const { activity, id } = await adapter.until(
    (done) => done.kind === kind && textsOf(cardsOf(done.activity)).includes(words),
  );
  return { cards: cardsOf(activity), id };
}

describe('a certificate that will expire', () => {
  it('is told to the profile owner, with when, what then, what to do and the article; then put right', async () => {
    const world = await createBotWorld();
    await world.ask(message(profileOwner, 'hello'));
    world.imap.shows(EXPIRING);
    await world.ask(message(admin, `test ${anna.name}`));
    const { cards, id } = await told(world, 'sent', TITLE);
    const words = textsOf(cards);
    for (const part of ['Contoso mail', 'mail.contoso.test:993', 'Contoso CA', 'Dec 2026']) {
      expect(words).toContain(part);
    }
    expect(words).toContain('install a new certificate');
    expect(buttonsOf(cards).map(({ verb }) => verb)).toContain('show-topic');

    await world.ask(message(anna, `status ${anna.name}`));
    const mailbox = await told(world, 'sent', 'Ahead');
    expect(textsOf(mailbox.cards)).toContain(TITLE);

    world.imap.shows(RENEWED);
    await world.ask(message(admin, `test ${anna.name}`));
    const ended = await told(world, 'updated', 'Put right');
    expect(ended.id).toBe(id);
  });

  it('is shown to nobody who may not see the profile', async () => {
    const world = await createBotWorld();
    world.imap.shows(EXPIRING);
    await world.ask(message(admin, `test ${anna.name}`));
    const cause = 'certificate:aa11';
    await world.adapter.until(({ activity }) => textsOf(cardsOf(activity)).includes('passed'));
    const { presenter, texts, engine } = world.services;
    expect(await engine.earlyWarnings({ by: 'cause', cause })).toHaveLength(1);
    const t = texts.translatorFor('en', 'UTC');
    const seenBy = async (person: typeof admin): Promise<boolean> =>
      (await presenter.present({ card: 'early-warning', cause }, personViewer(person), t)) !== null;
    expect(await seenBy(profileOwner)).toBe(true);
    expect(await seenBy(admin)).toBe(true);
    expect(await seenBy(anna)).toBe(false);
    expect(await seenBy(bystander)).toBe(false);
  });
});
