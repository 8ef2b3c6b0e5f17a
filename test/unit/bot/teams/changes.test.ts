import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Failure } from '../../../../services/domain/failure.ts';
import { idOf, type MailboxId, type ProfileId } from '../../../../services/domain/ids.ts';
import {
  admin,
  anna,
  type BotWorld,
  type BotWorldOptions,
  buttonOf,
  buttonsOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const IMAP = idOf<ProfileId>('imap');
const EXCHANGE = idOf<ProfileId>('exchange-server');
const verbs = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);

/** Refused at once, so that the mailbox is disabled for it. */
const REFUSED: Failure = { ...PORT_REFUSED, nature: 'permanent' };
const NOT_FOUND: Failure = {
  scope: 'profile',
  nature: 'permanent',
  stage: 'resolve',
  reason: 'location-undetermined',
  needsConfirmation: false,
  evidence: [
    {
      label: 'endpoint',
      value: 'https://autodiscover.contoso.test/autodiscover/autodiscover.xml: 404',
    },
    { label: 'endpoint', value: 'https://mail.contoso.test/autodiscover/autodiscover.xml: 401' },
  ],
};

async function broken(options: BotWorldOptions, name: string, failure: Failure) {
  const world = await createBotWorld(options);
  for (const server of [world.imap, world.ews]) server.fails(failure);
  await world.ask(message(admin, `test ${name}`));
  await world.adapter.until(
    ({ kind, activity }) =>
      kind === 'updated' && verbs(cardsOf(activity)).includes('test-and-enable'),
  );
  const card = async () => (await world.ask(message(admin, `status ${name}`)))[0];
  return { ...world, card };
}

type Pressing = Pick<BotWorld, 'post'>;
const press = async (
  { post }: Pressing,
  button: { readonly verb: string; readonly data: object },
  typed: Readonly<Record<string, string>> = {},
  who = admin,
) => {
  const data = { ...button.data, ...typed };
  return invokedCard(await post(invoke(who, { verb: button.verb, data })));
};
const FIXED = {
  kind: 'set-endpoint',
  side: 'incoming',
  host: 'mail.contoso.test',
  port: 1993,
  tls: 'implicit',
} as const;
const ENDPOINT = {
  'field-host': 'mail.contoso.test',
  'field-usual': '143 starttls',
  'field-port': '',
};

/** The press of this button as the engine is asked, by a process that died before it wrote the audit. */
function diedAfter({ verb, data }: { readonly verb: string; readonly data: object }) {
  const { pressKey } = z.looseObject({ pressKey: z.string() }).parse(data);
  return {
    actor: { userId: admin.id },
    idempotencyKey: `${admin.id}:${verb}:${pressKey}`,
    signal: new AbortController().signal,
  };
}

/** From the card of a mailbox that was refused to the card that asks for confirmation. */
async function previewed() {
  const world = await broken({}, 'Anna Ek', REFUSED);
  const form = await press(world, buttonOf(await world.card(), 'edit-profile'));
  const preview = await press(world, buttonOf(form, 'preview-profile'), ENDPOINT);
  return { ...world, form, preview };
}

describe('a server that refuses the connection', () => {
  it('can be corrected from the mailbox’s card: form, preview, confirmation, and Test & enable next', async () => {
    const world = await previewed();
    expect(textsOf(world.form)).toContain('993, TLS from the start');
    expect(textsOf(world.preview)).toMatch(/mail.contoso.test:993.*TLS from the start/);
    expect(textsOf(world.preview)).toMatch(/mail.contoso.test:143.*STARTTLS/);
    expect(textsOf(world.preview)).toContain('3 mailboxes');
    expect((await world.services.engine.profile(IMAP))?.incoming.port).toBe(993);

    const done = await press(world, buttonOf(world.preview, 'change-profile'));
    expect(await world.services.engine.profile(IMAP)).toMatchObject({
      incoming: { port: 143, tls: 'starttls' },
    });
    expect(verbs(done)).toContain('test-and-enable');
    expect(textsOf(done)).toContain('Adam Admin');
    expect(await world.services.store.readAudit(1)).toMatchObject([
      {
        actor: 'admin',
        action: 'change-profile',
        subject: 'imap',
        outcome: 'done',
        detail: 'incoming: mail.contoso.test:993 implicit -> mail.contoso.test:143 starttls',
      },
    ]);
  });

  it('is corrected once, however often the button is pressed', async () => {
    const world = await previewed();
    const confirm = buttonOf(world.preview, 'change-profile');
    await press(world, confirm);
    await press(world, confirm);
    const audit = await world.services.store.readAudit(9);
    expect(audit.filter(({ action }) => action === 'change-profile')).toHaveLength(1);
  });

  it('is written down by the next press where the process died before it was', async () => {
    const world = await previewed();
    const confirm = buttonOf(world.preview, 'change-profile');
    const { engine, store } = world.services;
    const change = { ...FIXED, port: 143, tls: 'starttls' } as const;
    await engine.changeProfile(IMAP, change, diedAfter(confirm));
    expect(await store.readAudit(9)).not.toContainEqual(
      expect.objectContaining({ action: 'change-profile' }),
    );
    await press(world, confirm);
    await press(world, confirm);
    const audit = await store.readAudit(9);
    expect(audit.filter(({ action }) => action === 'change-profile')).toMatchObject([
      {
        outcome: 'done',
        detail: 'incoming: mail.contoso.test:993 implicit -> mail.contoso.test:143 starttls',
      },
    ]);
  });

  it('is not set back by a preview while somebody else corrects it', async () => {
    let corrected = 0;
    const world = await createBotWorld({
      over: ({ engine }) => ({
        engine: {
          ...engine,
          async checkProfileChange(id, wish) {
            const check = await engine.checkProfileChange(id, wish);
            corrected += 1;
            await engine.changeProfile(id, FIXED, {
              ...diedAfter({ verb: 'x', data: { pressKey: 'k' } }),
              actor: { userId: globalAdmin.id },
            });
            return check;
          },
        },
      }),
    });
    const change = { kind: 'undo', part: 'incoming' };
    await press(world, { verb: 'preview-change', data: { v: 1, mailboxId: 'anna', change } });
    expect(corrected).toBe(1);
    expect((await world.services.engine.profile(IMAP))?.incoming.port).toBe(1993);
    expect(await world.services.engine.setUpChanges(idOf<MailboxId>('anna'))).toHaveLength(1);
  });

  it('redraws the cards of the profile’s other mailboxes', async () => {
    const world = await previewed();
    const [kim] = await world.ask(message(globalAdmin, 'status kim-1@contoso.test'));
    const profile = invokedCard(
      await world.post(
        invoke(globalAdmin, buttonOf(kim, 'show-profile'), {
          replyToId: world.adapter.messages.at(-1)?.id ?? '',
        }),
      ),
    );
    expect(textsOf(profile)).toContain(':993');
    await press(world, buttonOf(world.preview, 'change-profile'));
    const redrawn = await world.adapter.until(
      ({ kind, activity }) =>
        kind === 'updated' &&
        textsOf(cardsOf(activity)).includes('kim-1@contoso.test') &&
        textsOf(cardsOf(activity)).includes(':143'),
    );
    expect(textsOf(cardsOf(redrawn.activity))).toContain('Adam Admin');
  });

  it('is shown anew where somebody has changed it in the meantime', async () => {
    const world = await previewed();
    await world.services.engine.changeProfile(IMAP, FIXED, {
      actor: { userId: globalAdmin.id },
      idempotencyKey: 'meanwhile',
      signal: new AbortController().signal,
    });
    const again = await press(world, buttonOf(world.preview, 'change-profile'));
    expect(textsOf(again)).toContain('Somebody has changed it in the meantime');
    expect(textsOf(again)).toContain(':1993');
    expect((await world.services.engine.profile(IMAP))?.incoming.port).toBe(1993);
  });

  it('can be undone from the profile’s card', async () => {
    const world = await previewed();
    const done = await press(world, buttonOf(world.preview, 'change-profile'));
    const undo = await press(world, buttonOf(done, 'preview-change'));
    await press(world, buttonOf(undo, 'change-profile'));
    expect((await world.services.engine.profile(IMAP))?.incoming.port).toBe(993);
    const card = await press(world, buttonOf(await world.card(), 'show-profile'));
    expect(textsOf(card)).not.toContain('Changed from here');
  });

  it.each([
    ['the engine’s own machine', { 'field-host': '127.0.0.1' }, 'the machine that Mailbox Medic'],
    ['a metadata service', { 'field-host': '169.254.169.254' }, 'the machine that Mailbox Medic'],
    ['a host that is none', { 'field-host': '<at>x</at>' }, 'Write a server name'],
    ['no host', { 'field-host': '' }, 'Write a server name'],
    ['another service’s port', { 'field-port': '22' }, 'another kind of service'],
    ['no port', { 'field-port': 'x1' }, 'Write a server name'],
    ['a choice that was not offered', { 'field-usual': '143 none' }, 'Write a server name'],
    ['a novel', { 'field-host': 'a'.repeat(20_000) }, 'Write a server name'],
  ])('%s is refused on the form, and nothing is changed', async (_, typed, words) => {
    const world = await broken({}, 'Anna Ek', REFUSED);
    const form = await press(world, buttonOf(await world.card(), 'edit-profile'));
    const again = await press(world, buttonOf(form, 'preview-profile'), { ...ENDPOINT, ...typed });
    expect(textsOf(again)).toContain(words);
    expect(verbs(again)).toContain('show-topic');
    expect(await world.services.engine.setUpChanges(idOf<MailboxId>('anna'))).toEqual([]);
  });

  it('is corrected by nobody but an administrator, whatever a card says', async () => {
    const world = await broken({}, 'Anna Ek', REFUSED);
    const [own] = await world.ask(message(anna, 'status Anna Ek'));
    expect(verbs(own)).not.toContain('edit-profile');
    const change = {
      kind: 'set-endpoint',
      side: 'incoming',
      host: 'mail.contoso.test',
      port: 143,
      tls: 'starttls',
    };
    const mailboxId = 'anna';
    const forged = {
      'edit-profile': { part: 'incoming' },
      'preview-change': { change },
      'change-profile': { change, seen: 'x', pressKey: 'k' },
      'ask-act-method': { method: 'none' },
      'change-act-method': { method: 'none', pressKey: 'k' },
    };
    for (const [verb, rest] of Object.entries(forged)) {
      const payload = { v: 1, mailboxId, ...rest };
      const card = await press(world, { verb, data: payload }, {}, anna);
      expect(textsOf(card)).toContain(admin.name);
    }
    expect((await world.services.engine.profile(IMAP))?.incoming.port).toBe(993);
    const denied = (await world.services.store.readAudit(9)).filter(({ action }) =>
      action.startsWith('change-'),
    );
    expect(denied).not.toHaveLength(0);
    expect(denied.every(({ outcome, actor }) => outcome === 'denied' && actor === 'anna')).toBe(
      true,
    );
  });

  it('cannot be made less secure by a forged button', async () => {
    const world = await broken({}, 'Anna Ek', REFUSED);
    const change = { kind: 'set-endpoint', side: 'incoming', host: 'x', port: 143, tls: 'none' };
    const data = { v: 1, mailboxId: 'anna', change, seen: 'x', pressKey: 'k' };
    const card = await press(world, { verb: 'change-profile', data });
    expect(textsOf(card)).toContain('Nothing was changed');
    expect((await world.services.engine.profile(IMAP))?.incoming.tls).toBe('implicit');
  });
});

describe('an Exchange server that autodiscover does not find', () => {
  it('is given the address that the search has seen, and the warning where passwords would go', async () => {
    const world = await broken({ exchangeLocation: null }, 'Ella Ex', NOT_FOUND);
    const form = await press(world, buttonOf(await world.card(), 'edit-profile'));
    expect(textsOf(form)).toContain('https://mail.contoso.test/EWS/Exchange.asmx');
    const url = 'https://mail.contoso.test/EWS/Exchange.asmx';
    const preview = await press(world, buttonOf(form, 'preview-profile'), { 'field-url': url });
    expect(textsOf(preview)).toContain('are then sent to mail.contoso.test');
    await press(world, buttonOf(preview, 'change-profile'));
    expect(await world.services.engine.profile(EXCHANGE)).toMatchObject({
      autodiscover: false,
      location: url,
    });
  });

  it('is not asked without TLS', async () => {
    const world = await broken({ exchangeLocation: null }, 'Ella Ex', NOT_FOUND);
    const form = await press(world, buttonOf(await world.card(), 'edit-profile'));
    const again = await press(world, buttonOf(form, 'preview-profile'), {
      'field-url': 'http://mail.contoso.test/EWS/Exchange.asmx',
    });
    expect(textsOf(again)).toContain('begins with https://');
  });
});

describe('appointments, contacts and tasks that another organization synchronizes', () => {
  const OTHER: Failure = {
    ...NOT_FOUND,
    scope: 'mailbox',
    stage: 'authorise',
    reason: 'other-organization',
    evidence: [],
  };

  it('are set to None by a button, which is written down and can be undone', async () => {
    const world = await broken({ exchangeLocation: null }, 'Ella Ex', OTHER);
    const ask = await press(world, buttonOf(await world.card(), 'ask-act-method'));
    const done = await press(world, buttonOf(ask, 'change-act-method'));
    expect(textsOf(done)).toContain('not synchronized');
    expect(await world.services.store.readAudit(1)).toMatchObject([
      {
        action: 'change-act-method',
        subject: 'ella',
        outcome: 'done',
        detail: 'act: server-side-synchronization -> none',
      },
    ]);
    const profile = await press(world, buttonOf(await world.card(), 'show-profile'));
    expect(textsOf(profile)).toContain('Adam Admin changed how appointments');
    const back = await press(world, buttonOf(profile, 'ask-act-method'));
    await press(world, buttonOf(back, 'change-act-method'));
    expect(await world.services.engine.setUpChanges(idOf<MailboxId>('ella'))).toEqual([]);
  });

  it('set to None before the process died, are written down by the next press', async () => {
    const world = await broken({ exchangeLocation: null }, 'Ella Ex', OTHER);
    const ask = await press(world, buttonOf(await world.card(), 'ask-act-method'));
    const confirm = buttonOf(ask, 'change-act-method');
    const { engine, store } = world.services;
    await engine.changeActMethod(idOf('ella'), 'none', diedAfter(confirm));
    await press(world, confirm);
    await press(world, confirm);
    const audit = await store.readAudit(9);
    expect(audit.filter(({ action }) => action === 'change-act-method')).toMatchObject([
      { outcome: 'done', detail: 'act: server-side-synchronization -> none' },
    ]);
  });

  it('are offered to be set to None where POP3 or IMAP carries none (8005E247)', async () => {
    const { ask } = await createBotWorld({ act: 'server-side-synchronization' });
    const [status] = await ask(message(admin, 'status Anna Ek'));
    expect(verbs(status)).toContain('ask-act-method');
  });
});
