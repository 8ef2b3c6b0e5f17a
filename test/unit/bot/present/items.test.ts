import { describe, expect, it } from 'vitest';
import { alertWallView } from '../../../../bot/present/alert-wall-view.ts';
import { createPresenter } from '../../../../bot/present/presenter.ts';
import { conversationViewer, personViewer, type Viewer } from '../../../../bot/present/viewer.ts';
import type { AppointmentForms } from '../../../../services/domain/appointment-forms.ts';
import type { CardReference } from '../../../../services/domain/card-reference.ts';
import {
  idOf,
  type MailboxId,
  type TopicId,
  type UserId,
} from '../../../../services/domain/ids.ts';
import type { Person } from '../../../../services/domain/person.ts';
import { mailboxById, type SyncEngine } from '../../../../services/sync-engine/index.ts';
import { createBotWorld } from '../../../support/bot-world.ts';
import { cardWorld } from '../../../support/card-world.ts';

const { services } = await createBotWorld();
const { translators } = await cardWorld();
const t = translators.en;
const mailboxId = idOf<MailboxId>('anna');
const mailbox = await mailboxById(services.engine, mailboxId);
const owner = await services.directory.person(mailbox?.ownerId as UserId);
const [administrator] = await services.directory.withRole('system-administrator');

/** The bot as it is, with an engine that knows what only Dynamics 365 does. */
async function shown(
  reference: CardReference,
  viewer: Viewer,
  knows: Partial<SyncEngine>,
): Promise<string> {
  const world = { ...services, engine: { ...services.engine, ...knows } };
  return JSON.stringify(await createPresenter(world).present(reference, viewer, t));
}

const alert: CardReference = {
  card: 'alert',
  topic: idOf<TopicId>('organizer-missing'),
  slots: {},
  direction: 'act',
  code: null,
  nature: null,
  answerId: null,
  mailboxId: null,
};
const forms = (found: AppointmentForms | null): Partial<SyncEngine> => ({
  appointmentForms: async () => found,
});

describe('the answer about the Organizer field', () => {
  const some = { withOrganizer: ['Appointment'], withoutOrganizer: ['Visit *plan*'] };

  it('says on how many forms it is missing, and names them to who may change them', async () => {
    const admin = await shown(alert, personViewer(administrator as Person), forms(some));
    expect(admin).toContain('1 of 2 appointment forms lacks the Organizer field');
    expect(admin).toContain('Visit');
    const group = await shown(alert, conversationViewer, forms(some));
    expect(group).toContain('lacks the Organizer field');
    expect(group).not.toContain('Visit');
  });

  it('says that it is there: the alert is older than the change', async () => {
    const found = { withOrganizer: ['Appointment'], withoutOrganizer: [] };
    expect(await shown(alert, conversationViewer, forms(found))).toContain(
      'the Organizer field is on the appointment form',
    );
  });

  it('says nothing where nobody knows, or no form was found', async () => {
    for (const found of [null, { withOrganizer: [], withoutOrganizer: [] }]) {
      expect(await shown(alert, conversationViewer, forms(found))).not.toContain('Looked up');
    }
  });

  it('alone asks for the forms', async () => {
    const other = { ...alert, topic: idOf<TopicId>('bad-credentials') };
    const knows = forms(some);
    expect(await shown(other, conversationViewer, knows)).not.toContain('Looked up');
  });
});

describe('items that failed', () => {
  const latestAt = '2026-11-23T07:00:00.000Z';

  it('stand on the card of their mailbox, and lead to the article that explains them', async () => {
    const card = await shown({ card: 'mailbox', mailboxId }, personViewer(owner as Person), {
      failedItems: async (id) =>
        id === mailboxId
          ? [
              { error: 'NoRecipientMatch', topic: idOf('no-recipient-match'), count: 12, latestAt },
              { error: 'Odd <b>thing</b>', topic: null, count: 1, latestAt },
              { error: 'Gone', topic: idOf('no-such-article'), count: 1, latestAt },
            ]
          : [],
    });
    expect(card).toContain('Items that failed (14)');
    expect(card).toContain('12 items');
    expect(card).toContain('no-recipient-match');
    expect(card).not.toContain('no-such-article');
  });

  it('are not spoken of where there are none', async () => {
    const card = await shown({ card: 'mailbox', mailboxId }, personViewer(owner as Person), {});
    expect(card).not.toContain('Items that failed');
  });
});

describe('an alert of Dynamics 365 on a wall', () => {
  it('stands in its own words; without an article its title says so', async () => {
    const text = 'Der Frobnikator hat den Zyklus verloren.';
    const engine: SyncEngine = {
      ...services.engine,
      alerts: async () => [
        {
          open: true,
          alert: {
            id: idOf('1'),
            topic: idOf('undocumented-information'),
            level: 'information',
            scope: 'mailbox',
            nature: 'transient',
            mailboxId,
            profileId: null,
            direction: 'incoming',
            slots: {},
            text,
            raisedAt: '2026-11-23T07:00:00.000Z',
            closedAt: null,
          },
        },
      ],
    };
    const wall = { of: 'mailbox', mailboxId } as const;
    const view = await alertWallView({ ...services, engine }, wall, 'Anna', owner as Person, t);
    expect(view.rows).toEqual([
      expect.objectContaining({
        words: text,
        title: 'An alert of Dynamics 365 that no article explains',
      }),
    ]);
  });
});
