import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ANNA,
  activityFrom,
  buttonsOf,
  ERIK,
  messageFrom,
  OLLE,
  post,
  textsOf,
} from './support/activities.ts';
import { APPROVAL_ALERT, CREDENTIALS_ALERT, credentialsAlertFor } from './support/alerts.ts';
import { BOTH_ENGINES } from './support/both-engines.ts';
import { cardFor, type StoryWorld } from './support/story-world.ts';

const CREDENTIALS_TITLE = {
  en: 'The credentials are incorrect or have insufficient permissions',
  sv: 'Referenserna är felaktiga eller har inte tillräcklig behörighet',
};
const BOT_MENTION = {
  type: 'mention',
  text: '<at>Mailbox Medic</at>',
  mentioned: { id: '28:11111111-2222-4333-8444-555555555555', name: 'Mailbox Medic' },
};

/** A client whose language is Swedish. */
const swedish = {
  locale: 'sv-SE',
  entities: [{ type: 'clientInfo', locale: 'sv-SE', timezone: 'Europe/Stockholm' }],
};

// One world for all: what is pasted changes nothing, and each test looks only at its own answers.
describe.each(BOTH_ENGINES)('with $engine, a pasted message', ({ start }) => {
  let world: StoryWorld;

  beforeAll(async () => {
    world = await start();
  });

  afterAll(() => world.stop());

  const only = async (activity: Record<string, unknown>) => {
    const answers = await world.tell(activity);
    expect(answers).toHaveLength(1);
    return answers[0]!;
  };
  const paste = (person: typeof ANNA, text: string) => only(messageFrom(person, text));

  it('is answered with meaning, cause, steps, where to click, sources and the live state', async () => {
    const { says, card } = await paste(ANNA, credentialsAlertFor('Nils Ny'));
    for (const words of [
      CREDENTIALS_TITLE.en,
      "doesn't let in the account",
      'Why it happens',
      '**Nils Ny** · profile Contoso IMAP · receiving email',
      'How it is right now',
      'nils.ny@contoso.',
      '**1.**',
      '**▶︎ Start here**',
      '**Power Platform admin center:** Environments ›',
      '**Classic menus (on-premises):** Settings › Email Configuration ›',
      'https://learn.microsoft.com/',
      'checked 20',
    ]) {
      expect(says).toContain(words);
    }
    expect(says.split('▶︎ Start here')).toHaveLength(2);
    expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  });

  it('about a mailbox that works says so, and tells nobody to start repairing', async () => {
    const { says } = await paste(ANNA, CREDENTIALS_ALERT.en);
    expect(says).toContain('**Incoming email**: working');
    expect(says).toContain('The mailbox works right now');
    expect(says).not.toContain('Start here');
  });

  it('is answered in the language of the reader, not of the alert', async () => {
    const inSwedish = { type: 'message', text: CREDENTIALS_ALERT.en, ...swedish };
    expect((await only(activityFrom(ERIK, inSwedish))).says).toContain(CREDENTIALS_TITLE.sv);
    const { says } = await paste(ANNA, CREDENTIALS_ALERT.sv);
    expect(says).toContain(CREDENTIALS_TITLE.en);
    expect(says).toContain('**Erik Ek** · profile Contoso IMAP · receiving email');
  });

  it('offers each person only what they may press', async () => {
    const administrator = await paste(ANNA, CREDENTIALS_ALERT.en);
    expect(buttonsOf(administrator.card)).toContain('Test & enable');
    const owner = await paste(ERIK, CREDENTIALS_ALERT.en);
    expect(buttonsOf(owner.card)).not.toContain('Test & enable');
    expect(buttonsOf(owner.card)).toContain('Show mailbox');
    expect(owner.says).toContain('How it is right now');
  });

  it('tells a stranger no more about a mailbox than about one that does not exist', async () => {
    const stranger = await paste(OLLE, CREDENTIALS_ALERT.en);
    const unknown = await paste(OLLE, credentialsAlertFor('Erk Eq'));
    expect(stranger.says).not.toContain('How it is right now');
    expect(JSON.stringify(stranger.card)).not.toContain('erik.ek@');
    // Each answer has an id of its own to be voted on.
    const comparable = (card: unknown): string =>
      JSON.stringify(card).replace(/"answerId":"[^"]*"/gu, '"answerId":""');
    expect(comparable(stranger.card)).toBe(
      comparable(unknown.card).replaceAll('Erk Eq', 'Erik Ek'),
    );
  });

  it('offers approval for a mailbox that waits for it, to the administrator only', async () => {
    const administrator = await paste(ANNA, APPROVAL_ALERT);
    expect(administrator.says).toContain('Email addresses must be approved');
    expect(buttonsOf(administrator.card)).toContain('Approve email');
    expect(buttonsOf((await paste(ERIK, APPROVAL_ALERT)).card)).not.toContain('Approve email');
  });

  it('may hold several alerts: a summary, then a card each in their order', async () => {
    const answers = await world.say(ANNA, `${CREDENTIALS_ALERT.sv}\n\n${APPROVAL_ALERT}`);
    expect(answers.map(({ says }) => says.split('\n')).map((lines) => lines.slice(0, 3))).toEqual([
      expect.arrayContaining(['2 alerts in the text']),
      expect.arrayContaining([CREDENTIALS_TITLE.en]),
      expect.arrayContaining(['Email addresses must be approved']),
    ]);
  });

  it('that no article is about is not guessed at', async () => {
    const { says } = await paste(ANNA, 'The printer on the third floor is out of toner again.');
    expect(says).toContain("I don't recognise this");
    expect(says).not.toContain('What to do');
  });

  it('may be a question, answered in its own language', async () => {
    const { says } = await paste(
      ANNA,
      'Lösenordet på servicekontot byttes och nu står all e-post i Dynamics still',
    );
    expect(says).toContain(CREDENTIALS_TITLE.sv);
  });

  it('is read from the HTML that Teams sends along', async () => {
    const [first, second] = CREDENTIALS_ALERT.en.split('. ');
    const content = `<table><tr><td>Alert</td><td>${first ?? ''}.</td></tr><tr><td></td><td><b>${second ?? ''}</b></td></tr></table>`;
    const { says } = await only(
      activityFrom(ANNA, {
        type: 'message',
        text: 'Alert',
        attachments: [{ contentType: 'text/html', content }],
      }),
    );
    expect(says).toContain(CREDENTIALS_TITLE.en);
    expect(says).toContain('**Erik Ek**');
  });

  it('in a group chat is read without the mention, and offers what somebody there may press', async () => {
    const { says, card } = await only(
      activityFrom(ANNA, {
        type: 'message',
        text: `<at>Mailbox Medic</at> ${CREDENTIALS_ALERT.en}`,
        entities: [BOT_MENTION],
        conversation: {
          id: '19:group@thread.v2',
          conversationType: 'groupChat',
          isGroup: true,
          tenantId: '99999999-8888-4777-8666-555555555555',
        },
      }),
    );
    expect(says).toContain(CREDENTIALS_TITLE.en);
    expect(says).toContain('How it is right now');
    expect(buttonsOf(card)).toContain('Test & enable');
  });

  it.each([
    ['of nothing', '', 'The message was empty'],
    ['of blanks', ' \n\u00a0\u200b ', 'The message was empty'],
    [
      'of bytes',
      '\u0000\u0001\u0002PK\u0003\u0004\ufffd\ufffd\ufffd\u0005',
      "wasn't readable text",
    ],
    ['of a million letters', 'lorem ipsum '.repeat(90_000), 'I found no alert in what I read'],
  ])('%s gets a polite answer', async (_, text, words) => {
    expect((await paste(ANNA, text)).says).toContain(words);
  });

  it('of a megabyte is searched at its beginning, and the answer says that it was not read whole', async () => {
    const from = world.cloud.sent.length;
    const [answer] = await world.say(
      ANNA,
      `${CREDENTIALS_ALERT.en}\n${'lorem ipsum '.repeat(90_000)}`,
    );
    expect(answer?.says).toContain(CREDENTIALS_TITLE.en);
    expect(world.cloud.sent.slice(from).map(({ body }) => body.text)).toContain(
      'Your text was very long: I read only its beginning and its end.',
    );
  });

  it('that the channel delivers twice is answered once', async () => {
    const activity = messageFrom(ANNA, CREDENTIALS_ALERT.en);
    const token = await world.cloud.token();
    const from = world.cloud.sent.length;
    const both = await Promise.all([
      post(world.program.url, activity, token),
      post(world.program.url, activity, token),
    ]);
    const again = await post(world.program.url, activity, token);
    expect([...both, again].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(world.cloud.sent.slice(from).filter(({ body }) => body.type === 'message')).toHaveLength(
      1,
    );
  });

  it('is given back with a trace id when the answer breaks', async () => {
    const refused = world.cloud.refuseOnce(cardFor(ANNA), { status: 500 });
    const { says } = await paste(ANNA, `My own words: ${CREDENTIALS_ALERT.en}`);
    expect(textsOf((await refused).body)).toContain(CREDENTIALS_TITLE.en);
    expect(says).toContain(`My own words: ${CREDENTIALS_ALERT.en}`);
    const trace = /[0-9a-f]{8}$/m.exec(says)?.[0] ?? 'no trace id';
    expect(world.program.output.filter((line) => line.includes(trace))).not.toEqual([]);
  });

  it('is answered after the channel was busy for a moment', async () => {
    const busy = world.cloud.refuseOnce(cardFor(ANNA), {
      status: 429,
      headers: { 'retry-after': '1' },
    });
    const { says } = await paste(ANNA, CREDENTIALS_ALERT.en);
    await busy;
    expect(says).toContain(CREDENTIALS_TITLE.en);
  });
});
