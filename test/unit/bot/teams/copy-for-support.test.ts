import { describe, expect, it } from 'vitest';
import {
  admin,
  buttonOf,
  buttonsOf,
  bystander,
  createBotWorld,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

const REPLY = 'NO [AUTHENTICATIONFAILED] Authentication failed.';
const copy = (mailboxId: string) => ({ verb: 'copy-for-support', data: { v: 1, mailboxId } });

describe('a text for support', () => {
  it('holds the server’s reply, the test and the ids', async () => {
    const { ask, post, imap, adapter, services } = await createBotWorld();
    imap.fails({ ...WRONG_PASSWORD, evidence: [{ label: 'server-reply', value: REPLY }] });
    await ask(message(admin, 'test Anna Ek'));
    await adapter.until(({ activity }) => textsOf(activity).includes('failed'));
    const status = (await ask(message(admin, 'status Anna Ek'))).at(-1);
    const text = textsOf(
      invokedCard(await post(invoke(admin, buttonOf(status, 'copy-for-support')))),
    );
    const [run] = await services.store.find('testRuns');
    expect(text).toContain('anna.ek@contoso.test');
    expect(text).toContain(run?.id);
    expect(text).toContain(REPLY);
    expect(text).toContain('credentials-rejected');
  });

  it('is not offered of a mailbox that works', async () => {
    const { ask, adapter } = await createBotWorld();
    await ask(message(admin, 'test Anna Ek'));
    await adapter.until(({ activity }) => textsOf(activity).includes('passed'));
    const [status] = await ask(message(admin, 'status Anna Ek'));
    expect(buttonsOf(status).map(({ verb }) => verb)).not.toContain('copy-for-support');
  });

  it('looks the same for a mailbox that may not be seen and for none', async () => {
    const { post } = await createBotWorld();
    const press = async (id: string) =>
      textsOf(invokedCard(await post(invoke(bystander, copy(id)))));
    expect(await press('anna')).toBe(await press('nobody'));
  });
});
