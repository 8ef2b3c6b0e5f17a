import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import {
  buttonOf,
  createBotWorld,
  invokedCard,
  profileOwner,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import { CERTIFICATE_EXPIRED } from '../../../support/scripted-probe.ts';
import { by } from '../../../support/sync-world.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

describe('Over half of a profile’s mailboxes', () => {
  it('failing is told to its owner once, with what is wrong and the way to its alerts', async () => {
    const { ask, post, adapter, scheduler, imap, services } = await createBotWorld();
    await ask(message(profileOwner, 'help'));
    for (const id of ['anna', 'kim-1', 'kim-2']) {
      const answer = await services.engine.testAndEnable(idOf<MailboxId>(id), by());
      if (answer.kind !== 'started') throw new TypeError(answer.kind);
      while ((await services.engine.testRun(answer.testRunId))?.state !== 'done') {
        await setImmediate();
      }
    }
    imap.fails(CERTIFICATE_EXPIRED);
    await scheduler.advance(30 * MINUTE_MS);
    const isAbout = (words: string) => words.includes('Over half of the mailboxes of Contoso mail');
    const { activity } = await adapter.until(({ activity: sent }) =>
      isAbout(textsOf(cardsOf(sent))),
    );
    const card = cardsOf(activity);
    expect(textsOf(card)).toContain('2 of 3 mailboxes failed');
    const sent = adapter.all.filter(
      ({ kind, activity: told }) => kind === 'sent' && isAbout(textsOf(cardsOf(told))),
    );
    expect(sent).toHaveLength(1);
    const wall = invokedCard(await post(invoke(profileOwner, buttonOf(card, 'show-alerts'))));
    expect(textsOf(wall)).toContain('3 mailboxes affected');
  });
});
