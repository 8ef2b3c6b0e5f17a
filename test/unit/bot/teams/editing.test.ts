import { describe, expect, it } from 'vitest';
import {
  admin,
  anna,
  buttonOf,
  buttonsOf,
  createBotWorld,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const TOPIC = 'bad-credentials';
const verbs = (card: unknown): string[] => buttonsOf(card).map(({ verb }) => verb);

describe('an article that an expert edits in Teams', () => {
  it('is drafted from the answer, previewed, and shows what it lacks', async () => {
    const { ask, post, alert, services } = await createBotWorld();
    const press = async (verb: string, data: object): Promise<unknown> =>
      invokedCard(await post(invoke(admin, { verb, data: { v: 1, ...data } })));
    const [answer] = await ask(message(admin, alert('bad-credentials', 'Anna Ek')));
    const editor = invokedCard(await post(invoke(admin, buttonOf(answer, 'edit-article'))));
    expect(verbs(editor)).toEqual(expect.arrayContaining(['edit-part', 'publish-article']));
    const form = await press('edit-part', { topic: TOPIC, part: 'texts' });
    expect(JSON.stringify(form)).toContain('"field-title.sv"');
    const typed = { topic: TOPIC, part: 'texts', 'field-title.en': '' };
    const lacking = await press('save-part', typed);
    expect(textsOf(lacking)).toContain('title.en');
    expect(verbs(lacking)).not.toContain('publish-article');
    await press('save-part', { ...typed, 'field-title.en': 'Somebody changed the password' });
    expect(textsOf(await press('preview-article', { topic: TOPIC }))).toContain(
      'Somebody changed the password',
    );
    expect(services.knowledge.articles().map(({ title }) => title.en)).not.toContain(
      'Somebody changed the password',
    );
  });

  it('is nobody’s who does not look after the articles, by whatever button', async () => {
    const { ask, post, alert, services } = await createBotWorld();
    const [answer] = await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    expect(verbs(answer)).not.toContain('edit-article');
    const saving = { v: 1, topic: TOPIC, part: 'texts', 'field-title.en': 'Mine' };
    for (const verb of ['edit-article', 'publish-article', 'preview-article', 'discard-draft']) {
      const card = invokedCard(await post(invoke(anna, { verb, data: { v: 1, topic: TOPIC } })));
      expect(textsOf(card)).toContain(admin.name);
    }
    await post(invoke(anna, { verb: 'save-part', data: saving }));
    expect(await services.store.find('articleDrafts')).toEqual([]);
  });

  it('begins with the texts that nothing answered', async () => {
    const { ask, post, services } = await createBotWorld();
    await ask(message(anna, 'Vilken färg har solnedgången över Kebnekaise egentligen?'));
    const [list] = await ask(message(admin, 'unanswered'));
    const opened = invokedCard(await post(invoke(admin, buttonOf(list, 'show-unanswered'))));
    const editor = invokedCard(await post(invoke(admin, buttonOf(opened, 'edit-article'))));
    expect(textsOf(editor)).toContain('solnedgången');
    expect(textsOf(editor)).toContain('title.sv');
    expect(await services.unanswered.open()).toEqual([]);
    expect(await services.store.find('articleDrafts')).toMatchObject([{ author: 'admin' }]);
  });
});
