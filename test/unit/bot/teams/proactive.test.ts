import { describe, expect, it } from 'vitest';
import { anna, createBotWorld, profileOwner, textsOf } from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { PORT_REFUSED, WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import { message } from '../../../support/teams-activity.ts';

const MINUTE = 60_000;

describe('a mailbox that fails', () => {
  it('is told to its owner in a card of their language, without being asked', async () => {
    const world = await createBotWorld({
      enabled: ['incoming', 'outgoing'],
      credentialSource: 'mailbox',
    });
    await world.ask(message(anna, 'hej', { locale: 'sv-SE' }));
    world.imap.fails(WRONG_PASSWORD);
    await world.scheduler.advance(30 * MINUTE);
    const told = await world.adapter.until(({ activity }) =>
      textsOf(cardsOf(activity)).includes('Anna Ek'),
    );
    expect(cardsOf(told.activity)[0]?.lang).toBe('sv');
    expect(told.activity.conversation?.id).toBe('a:anna');
    expect(told.activity.summary).toContain('Anna Ek');
  });

  it('is told to somebody who has never talked to the bot as soon as they do', async () => {
    const world = await createBotWorld({ enabled: ['incoming', 'outgoing'] });
    world.imap.fails(PORT_REFUSED);
    await world.scheduler.advance(90 * MINUTE);
    expect(world.adapter.cards).toHaveLength(0);
    await world.ask(message(profileOwner, 'hello'));
    const told = await world.adapter.until(({ activity }) =>
      textsOf(cardsOf(activity)).includes('Contoso mail'),
    );
    expect(told.activity.conversation?.id).toBe('a:profile-owner');
  });
});
