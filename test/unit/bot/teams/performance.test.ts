import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { admin, anna, createBotWorld, textsOf } from '../../../support/bot-world.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { message } from '../../../support/teams-activity.ts';

describe('numbers about synchronization', () => {
  it('stand on the card of a mailbox when it has had a turn', async () => {
    const { ask, scheduler } = await createBotWorld({ enabled: ['incoming'] });
    const [before] = await ask(message(anna, 'status Anna Ek'));
    expect(textsOf(before)).not.toContain('Last turn');
    await scheduler.advance(10 * MINUTE_MS);
    const [after] = await ask(message(anna, 'status Anna Ek'));
    expect(textsOf(after)).toMatch(/Last turn.*took 0 s, 0 s on average/su);
  });

  it('of all mailboxes are told to who may see them all, when they name none', async () => {
    const { ask, scheduler, imap } = await createBotWorld({ enabled: ['incoming', 'outgoing'] });
    const [well] = await ask(message(admin, 'status'));
    expect(textsOf(well)).toContain('5 mailboxes are configured for server-side synchronization.');
    expect(textsOf(well)).toContain('1 mailbox is healthy and running.');
    imap.fails(PORT_REFUSED);
    await scheduler.advance(5 * MINUTE_MS);
    const [warned] = await ask(message(admin, 'status'));
    expect(textsOf(warned)).toContain('1 mailbox is having intermittent processing issues.');
  });

  it('of other people’s mailboxes are told to nobody else', async () => {
    const { ask } = await createBotWorld();
    const [card] = await ask(message(anna, 'status'));
    expect(textsOf(card)).toContain('Anna Ek');
    expect(textsOf(card)).not.toContain('configured for server-side');
  });
});
