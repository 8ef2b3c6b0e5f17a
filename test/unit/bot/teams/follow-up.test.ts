import { describe, expect, it } from 'vitest';
import {
  admin,
  anna,
  buttonsOf,
  bystander,
  createBotWorld,
  textsOf,
} from '../../../support/bot-world.ts';
import { message } from '../../../support/teams-activity.ts';

const TOPIC = 'bad-credentials';

describe('a short question after an answer', () => {
  it.each([
    ['vem kan göra det?', 'sv', (article) => article.title.sv, 'Vem som kan göra det'],
    ['why?', 'en', (article) => article.cause.en, 'Why it happens'],
    ['var klickar jag?', 'sv', (article) => article.title.sv, 'Var du klickar'],
    ['how long does it take?', 'en', (article) => article.title.en, 'How long it takes'],
  ] as const satisfies readonly (readonly [
    string,
    string,
    (article: { title: { sv: string; en: string }; cause: { en: string } }) => string,
    string,
  ])[])(
    '“%s” is answered from the article just shown, in its language',
    async (asked, lang, part, heading) => {
      const { ask, alert, services } = await createBotWorld();
      await ask(message(anna, alert(TOPIC, 'Anna Ek')));
      const [card] = await ask(message(anna, asked));
      const article = services.knowledge.articles().find(({ id }) => id === TOPIC)!;
      expect(card?.lang).toBe(lang);
      expect(textsOf(card)).toContain(heading);
      expect(textsOf(card)).toContain(part(article));
      expect(buttonsOf(card)).toMatchObject([{ verb: 'show-topic', data: { topic: TOPIC } }]);
    },
  );

  it('“and for on-premises?” shows the steps there, without the other menus', async () => {
    const { ask, alert } = await createBotWorld();
    await ask(message(admin, alert(TOPIC, 'Anna Ek')));
    const [card] = await ask(message(admin, 'and for on-premises?'));
    expect(textsOf(card)).toContain('Dynamics 365 on-premises');
    expect(textsOf(card)).not.toContain('Power Platform admin center:');
  });

  it('“och för utgående e-post?” is the same article for the other direction', async () => {
    const { ask, alert, services } = await createBotWorld();
    await ask(message(anna, alert(TOPIC, 'Anna Ek')));
    const [card] = await ask(message(anna, 'och för utgående e-post?'));
    expect(textsOf(card)).toContain('anna.ek@contoso.test');
    const answers = await services.store.find('answers');
    expect(answers.map(({ direction }) => direction)).toContain('outgoing');
  });

  it('is nobody else’s, and nothing without an answer before it', async () => {
    const { ask, alert } = await createBotWorld();
    const [before] = await ask(message(anna, 'vem kan göra det?'));
    expect(textsOf(before)).not.toContain('Vem som kan göra det');
    await ask(message(anna, alert(TOPIC, 'Anna Ek')));
    const [other] = await ask(message(bystander, 'vem kan göra det?'));
    expect(textsOf(other)).not.toContain('Vem som kan göra det');
  });

  it('that is a question of its own is answered as one', async () => {
    const { ask, alert } = await createBotWorld();
    await ask(message(anna, alert(TOPIC, 'Anna Ek')));
    const [card] = await ask(message(anna, alert('secure-connection', 'Anna Ek')));
    expect(buttonsOf(card).length).toBeGreaterThan(1);
  });
});
