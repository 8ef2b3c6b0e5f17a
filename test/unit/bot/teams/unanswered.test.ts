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

const STRANGE = 'Vilken färg har solnedgången över Kebnekaise egentligen?';

describe('what nobody could be answered', () => {
  it('is listed for administrators, opened, and dismissed', async () => {
    const { ask, post } = await createBotWorld();
    await ask(message(anna, STRANGE));
    await ask(message(anna, 'vilken färg har solnedgången över Kebnekaise'));
    const [list] = await ask(message(admin, 'unanswered'));
    expect(textsOf(list)).toContain('2 ×');
    const opened = invokedCard(await post(invoke(admin, buttonOf(list, 'show-unanswered'))));
    expect(textsOf(opened)).toContain('solnedgången');
    const after = invokedCard(await post(invoke(admin, buttonOf(opened, 'dismiss-unanswered'))));
    expect(textsOf(after)).toContain('Everything was answered');
  });

  it('is shown to nobody else, whichever way they ask', async () => {
    const { ask, post, services } = await createBotWorld();
    await ask(message(anna, STRANGE));
    const [kept] = await services.unanswered.open();
    const data = { v: 1, unansweredId: kept?.id };
    const [typed] = await ask(message(anna, 'obesvarade'));
    expect(textsOf(typed)).not.toContain('solnedgång');
    expect(textsOf(typed)).toContain(admin.name);
    for (const verb of ['show-unanswered', 'dismiss-unanswered', 'list-unanswered']) {
      const answer = invokedCard(await post(invoke(anna, { verb, data })));
      expect(textsOf(answer)).not.toContain('solnedgång');
    }
    expect(await services.unanswered.open()).toHaveLength(1);
  });

  it('names no mailbox, though it was typed without capitals', async () => {
    const { ask, services } = await createBotWorld();
    await ask(message(anna, 'vilken färg har solnedgången över anna ek'));
    const [kept] = await services.unanswered.open();
    expect(kept?.examples[0]?.text).not.toMatch(/\b(anna|ek)\b/u);
  });

  it('does not include what was answered, or what was a command misspelt', async () => {
    const { ask, alert, services } = await createBotWorld();
    await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    await ask(message(anna, 'statsu Anna Ek'));
    expect(await services.unanswered.open()).toEqual([]);
  });
});

describe('the votes on articles', () => {
  it('are listed for administrators, and lead to the article', async () => {
    const { ask, post, alert } = await createBotWorld();
    const [card] = await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    await post(invoke(anna, buttonOf(card, 'rate-answer')));
    const [votes] = await ask(message(admin, 'votes'));
    expect(textsOf(votes)).toContain('100 %');
    expect(buttonsOf(votes).map(({ data }) => data.topic)).toContain('bad-credentials');
    const [denied] = await ask(message(anna, 'votes'));
    expect(textsOf(denied)).not.toContain('100 %');
  });
});
