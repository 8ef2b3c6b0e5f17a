import { describe, expect, it } from 'vitest';
import {
  admin,
  anna,
  buttonsOf,
  bystander,
  createBotWorld,
  textsOf,
} from '../../../support/bot-world.ts';
import { botMention, message, teamsActivity } from '../../../support/teams-activity.ts';

describe('a pasted alert', () => {
  it('is answered with its article and the live state of the person’s own mailbox', async () => {
    const { ask, alert, services } = await createBotWorld();
    const [card, more] = await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    const article = services.knowledge.articles().find(({ id }) => id === 'bad-credentials');
    expect(textsOf(card)).toContain(article?.title.en);
    expect(textsOf(card)).toContain('anna.ek@contoso.test');
    expect(more).toBeUndefined();
  });

  it('is answered in the reader’s language, whatever the alert’s', async () => {
    const { ask, alert } = await createBotWorld();
    const [card] = await ask(message(anna, alert('bad-credentials', 'Anna Ek', 'sv')));
    expect(card?.lang).toBe('en');
  });

  it('says the same of a mailbox that may not be seen as of one that does not exist', async () => {
    const { ask, alert } = await createBotWorld();
    const [hidden] = await ask(message(bystander, alert('bad-credentials', 'Anna Ek')));
    const [missing] = await ask(message(bystander, alert('bad-credentials', 'Nina No')));
    expect(textsOf(hidden)).not.toContain('@contoso.test');
    expect(textsOf(hidden).replaceAll('Anna Ek', 'X')).toBe(
      textsOf(missing).replaceAll('Nina No', 'X'),
    );
  });

  it('offers mailboxes of a like name where none bears the pasted one, to those who may see them', async () => {
    const { ask, alert } = await createBotWorld();
    const paste = alert('bad-credentials', 'Anna Eck');
    const [offered] = await ask(message(admin, paste));
    expect(textsOf(offered)).toContain('Did you mean one of these?');
    expect(textsOf(offered)).toContain('anna.ek@contoso.test');
    const [nothing] = await ask(message(bystander, paste));
    expect(textsOf(nothing)).not.toContain('anna.ek@contoso.test');
  });

  it('asks by address which of two mailboxes of that name is meant', async () => {
    const { ask, alert } = await createBotWorld();
    const [card] = await ask(message(admin, alert('bad-credentials', 'Kim Berg')));
    expect(textsOf(card)).toContain('kim-1@contoso.test');
    expect(textsOf(card)).toContain('kim-2@contoso.test');
  });

  it('gives nobody buttons that they may not press', async () => {
    const { ask, alert } = await createBotWorld();
    const [own] = await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    const [admins] = await ask(message(admin, alert('bad-credentials', 'Anna Ek')));
    expect(buttonsOf(own).map(({ verb }) => verb)).not.toContain('test-and-enable');
    expect(buttonsOf(admins).map(({ verb }) => verb)).toContain('test-and-enable');
  });

  it('is followed by others: each gets a card, under a summary', async () => {
    const { ask, alert } = await createBotWorld();
    const paste = `${alert('bad-credentials', 'Anna Ek')}\n\n${alert('secure-connection', 'Kim Berg')}`;
    const cards = await ask(message(admin, paste));
    expect(cards).toHaveLength(3);
    expect(textsOf(cards[0])).toContain('Anna Ek');
    expect(textsOf(cards[0])).toContain('Kim Berg');
  });

  it('is found in the formatted copy of the message where the plain one lost it', async () => {
    const { ask, alert, services } = await createBotWorld();
    const [card] = await ask(
      teamsActivity(anna, {
        type: 'message',
        text: '',
        attachments: [
          {
            contentType: 'text/html',
            content: `<div><table><tr><td>${alert('bad-credentials', 'Anna Ek')}</td></tr></table></div>`,
          },
        ],
      }),
    );
    const article = services.knowledge.articles().find(({ id }) => id === 'bad-credentials');
    expect(textsOf(card)).toContain(article?.title.en);
  });

  it('in a channel shows no buttons of one person, and looks names up for who asked', async () => {
    const { ask, alert } = await createBotWorld();
    const paste = `${botMention.text} ${alert('bad-credentials', 'Anna Ek')}`;
    const inChannel = { scope: 'channel', over: { entities: [botMention.entity] } } as const;
    const [shown] = await ask(message(anna, paste, inChannel));
    const [hidden] = await ask(message(bystander, paste, inChannel));
    expect(textsOf(shown)).toContain('anna.ek@contoso.test');
    expect(textsOf(hidden)).not.toContain('anna.ek@contoso.test');
  });
});

describe('a text that begins like a command', () => {
  it('and is an alert gets its article', async () => {
    const { ask, services } = await createBotWorld();
    const article = services.knowledge.articles().find(({ id }) => id === 'outlook-status-fields');
    const question = article?.questions.en.find((one) => one.toLowerCase().startsWith('status '));
    const [card] = await ask(message(anna, question ?? 'none'));
    expect(textsOf(card)).toContain(article?.title.en);
  });

  it('and goes on like a sentence that no article answers is no name of a mailbox', async () => {
    const { ask } = await createBotWorld();
    const [card] = await ask(message(anna, 'show me how to bake a really good apple pie tonight'));
    expect(textsOf(card)).toContain("I don't recognise this");
  });

  it('and names nothing that exists gets suggestions among what may be seen', async () => {
    const { ask } = await createBotWorld();
    expect(textsOf((await ask(message(admin, 'status Ana Ek')))[0])).toContain(
      'anna.ek@contoso.test',
    );
    expect(textsOf((await ask(message(bystander, 'status Ana Ek')))[0])).not.toContain(
      'contoso.test',
    );
  });

  it.each(['status Eva Holm', 'approve Anna Persson', 'status Support'])(
    'and names nobody is no question about the command’s own word: %s',
    async (text) => {
      const { ask } = await createBotWorld();
      const [card] = await ask(message(bystander, text));
      expect(textsOf(card)).toContain(`No mailbox is called ${text.replace(/^\S+ /, '')}`);
    },
  );

  it('and is mistyped is asked about', async () => {
    const { ask } = await createBotWorld();
    expect(textsOf((await ask(message(anna, 'statsu Anna Ek')))[0])).toContain('status Anna Ek');
  });
});

describe('other texts', () => {
  it('in free words are answered in the language of the question', async () => {
    const { ask, services } = await createBotWorld();
    const question = services.knowledge.articles().find(({ id }) => id === 'gmail')?.questions
      .sv[0];
    const [card] = await ask(message(anna, question ?? ''));
    expect(card?.lang).toBe('sv');
  });

  it('that are nothing of ours get no guess', async () => {
    const { ask } = await createBotWorld();
    const [card, more] = await ask(
      message(anna, 'Who won the football match last night in Malmö?'),
    );
    expect(textsOf(card)).toContain('I don’t recognise this'.replace('’', "'"));
    expect(more).toBeUndefined();
  });

  it.each([
    ['empty', '   '],
    ['binary', `PK\u0003\u0004${'\u0000\u0001\u0002\ufffd'.repeat(50)}`],
    ['one megabyte long', 'lorem ipsum dolor sit amet '.repeat(40_000)],
  ])('that are %s get a polite answer', async (_, text) => {
    const { ask } = await createBotWorld();
    expect(await ask(message(anna, text))).toHaveLength(1);
  });

  it('that were edited are answered again', async () => {
    const { ask } = await createBotWorld();
    const first = message(anna, 'helpp me now please');
    await ask(first);
    const edited = {
      ...first,
      type: 'messageUpdate',
      text: 'help',
      timestamp: '2026-11-23T08:00:00Z',
    };
    const [card] = await ask({
      ...edited,
      channelData: { ...(first.channelData as object), eventType: 'editMessage' },
    });
    expect(textsOf(card)).toContain('What I can do');
  });
});
