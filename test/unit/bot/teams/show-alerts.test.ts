import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import {
  admin,
  anna,
  type BotWorld,
  buttonOf,
  bystander,
  createBotWorld,
  invokedCard,
  profileOwner,
  textsOf,
} from '../../../support/bot-world.ts';
import { CERTIFICATE_EXPIRED } from '../../../support/scripted-probe.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

async function expired(): Promise<BotWorld> {
  const world = await createBotWorld({ enabled: ['incoming', 'outgoing'] });
  world.imap.fails(CERTIFICATE_EXPIRED);
  await world.scheduler.advance(13 * MINUTE_MS);
  return world;
}

describe('Alerts', () => {
  it('of a mailbox are shown in the documented words, and say that its owner has nothing to do', async () => {
    const { post } = await expired();
    const data = { v: 1, mailboxId: 'anna' };
    const status = invokedCard(await post(invoke(anna, { verb: 'show-mailbox', data })));
    const wall = invokedCard(await post(invoke(anna, buttonOf(status, 'show-alerts'))));
    const words = textsOf(wall);
    expect(words).toContain(
      'Email cannot be received for the mailbox Anna Ek because an error occurred while establishing a secure connection to the email server.',
    );
    expect(words).toContain('No action is required from the mailbox owner');
    expect(buttonOf(wall, 'show-topic').data['topic']).toBe('secure-connection');
  });

  it('of a profile are reached by its owner from their own, and by nobody whom it does not concern', async () => {
    const { ask, post } = await expired();
    const [mine] = await ask(message(profileOwner, 'my mailboxes'));
    const own = invokedCard(await post(invoke(profileOwner, buttonOf(mine, 'show-alerts'))));
    expect(textsOf(own)).toContain('1 mailbox affected');
    expect(textsOf(own)).not.toContain('No action is required');

    const ofProfile = { verb: 'show-alerts', data: { v: 1, profileId: 'imap' } };
    expect(textsOf(invokedCard(await post(invoke(admin, ofProfile))))).toContain(
      'Alerts of the profile Contoso mail',
    );
    for (const who of [anna, bystander]) {
      expect(textsOf(invokedCard(await post(invoke(who, ofProfile))))).not.toContain('Contoso');
    }
    const ofMailbox = { verb: 'show-alerts', data: { v: 1, mailboxId: 'anna' } };
    expect(textsOf(invokedCard(await post(invoke(bystander, ofMailbox))))).not.toContain('Anna');
  });
});
