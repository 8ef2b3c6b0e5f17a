import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStaticDirectory } from '../../../../services/directory/index.ts';
import { idOf, type UserId } from '../../../../services/domain/ids.ts';
import type { Person } from '../../../../services/domain/person.ts';
import {
  admin,
  type BotWorld,
  buttonOf,
  bystander,
  createBotWorld,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import { type ReadingWorld, startReadingWorld } from '../../../support/dataverse-reading.ts';
import { invoke, message } from '../../../support/teams-activity.ts';

/** Known to Dynamics 365 by the same object id as to Teams. */
const berit: Person = {
  id: idOf<UserId>('bbbbbbbb-0000-4000-8000-000000000001'),
  name: 'Berit Berg',
  email: 'berit@contoso.com',
  roles: [],
  privileges: [],
};

let dynamics: ReadingWorld;
let bot: BotWorld;
beforeEach(async () => {
  dynamics = await startReadingWorld();
  const { organization, owner, mailbox } = dynamics;
  organization.change('systemuser', owner.id, { azureactivedirectoryobjectid: berit.id });
  organization.change('mailbox', mailbox.id, {
    emailrouteraccessapproval: 1,
    isemailaddressapprovedbyo365admin: true,
    enabledforincomingemail: true,
    enabledforoutgoingemail: true,
    incomingemailstatus: 1,
    outgoingemailstatus: 1,
    actdeliverymethod: 2,
  });
  bot = await createBotWorld({
    over: () => ({ directory: createStaticDirectory([berit, admin, bystander]) }),
    wrapEngine: (engine) => ({ ...engine, ...dynamics.reading, earlyWarnings: async () => [] }),
  });
});
afterEach(() => dynamics.stop());

describe('asking the bot about mailboxes of Dynamics 365', () => {
  it('by a name shows how the mailbox is, why, and what waits', async () => {
    const { organization, mailbox } = dynamics;
    organization.synchronization.disable(mailbox.id, 'mailbox-credentials', ['outgoing']);
    organization.add('email', {
      statecode: 1,
      statuscode: 6,
      directioncode: true,
      sendermailboxid: { table: 'mailbox', id: mailbox.id },
    });
    const [card] = await bot.ask(message(admin, "status Berit's mailbox"));
    const words = textsOf(card);
    expect(words).toContain("Berit's mailbox");
    expect(words).toContain('berit@contoso.com');
    expect(words).toContain('401');
    expect(words).toMatch(/disabled since/);
    expect(words).toContain('Microsoft Exchange Online');
  });

  it('by "mine" shows those of the person, and a stranger sees none of them', async () => {
    expect(textsOf((await bot.ask(message(berit, 'my mailboxes')))[0])).toContain(
      "Berit's mailbox",
    );
    expect(textsOf((await bot.ask(message(bystander, 'my mailboxes')))[0])).not.toContain(
      "Berit's mailbox",
    );
    const answers = await bot.ask(message(bystander, "status Berit's mailbox"));
    expect(textsOf(answers[0])).not.toContain('berit@contoso.com');
  });

  it('leads to its alerts in the words of Dynamics 365', async () => {
    const { organization, mailbox } = dynamics;
    organization.synchronization.warn(mailbox.id, {
      level: 'error',
      text: 'Der Frobnikator hat den *Zyklus* verloren.',
    });
    const [card] = await bot.ask(message(berit, 'my mailboxes'));
    const status = invokedCard(await bot.post(invoke(berit, buttonOf(card, 'show-mailbox'))));
    const wall = invokedCard(await bot.post(invoke(berit, buttonOf(status, 'show-alerts'))));
    expect(textsOf(wall)).toContain('Der Frobnikator hat den');
  });

  it('answers a pasted alert about the Organizer field with how the forms are now', async () => {
    dynamics.organization.add('systemform', {
      name: 'Appointment',
      objecttypecode: 'appointment',
      type: 2,
      formactivationstate: 1,
      formxml: '<form><control id="subject" datafieldname="subject"/></form>',
    });
    const pasted = "Appointments can't be synchronized because the Organizer field is not present.";
    const [card] = await bot.ask(message(admin, pasted));
    expect(textsOf(card)).toContain('1 of 1 appointment form lacks the Organizer field');
  });
});
