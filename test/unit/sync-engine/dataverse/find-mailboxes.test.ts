import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  idOf,
  type MailboxId,
  type ProfileId,
  type UserId,
} from '../../../../services/domain/ids.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { type ReadingWorld, startReadingWorld } from '../../../support/dataverse-reading.ts';

const BERIT = 'bbbbbbbb-0000-4000-8000-000000000001';
let world: ReadingWorld;
beforeEach(async () => {
  world = await startReadingWorld();
});
afterEach(() => world.stop());

const add = (name: string, address: string, values: object = {}): MailboxId =>
  idOf(
    world.organization.add('mailbox', {
      name,
      emailaddress: address,
      emailrouteraccessapproval: 1,
      ...values,
    }).id,
  );

async function found(text: string, limit = 10): Promise<readonly string[]> {
  const hits = await world.reading.findMailboxes({ by: 'text', text, limit });
  return hits.map(({ mailbox, quality }) => `${quality} ${mailbox.address}`);
}

describe('finding a mailbox in Dynamics 365', () => {
  it('takes name and address, whatever the case', async () => {
    expect(await found("berit's MAILBOX")).toEqual(['exact berit@contoso.com']);
    expect(await found('Berit@Contoso.com')).toEqual(['exact berit@contoso.com']);
  });

  it('takes a name without its accents, and suggests what is mistyped', async () => {
    add('Åsa Öberg', 'asa@contoso.com');
    expect(await found('asa oberg')).toEqual(['exact asa@contoso.com']);
    expect(await found('Åsa Öbreg')).toEqual(['close asa@contoso.com']);
    expect(await found('öberg')).toEqual(['close asa@contoso.com']);
  });

  it('finds a new mailbox by its name at once', async () => {
    expect(await found('Nora Ny')).toEqual([]);
    add('Nora Ny', 'nora@contoso.com');
    expect(await found('Nora Ny')).toEqual(['exact nora@contoso.com']);
    expect(await found('Norra Ny')).toEqual([]);
    await world.clock.advance(6 * MINUTE_MS);
    expect(await found('Norra Ny')).toEqual(['close nora@contoso.com']);
  });

  it('takes hostile texts for texts', async () => {
    const name = "x') or startswith(name,'b";
    add(name, 'hostile@contoso.com');
    expect(await found(name)).toEqual(['exact hostile@contoso.com']);
    for (const text of [
      "'",
      "''",
      "x' or 1 eq 1",
      '%',
      '&$filter=name',
      '',
      ' ',
      'x'.repeat(5_000),
    ]) {
      expect(await found(text)).toEqual([]);
    }
  });

  it('takes a text that is a key for a text', async () => {
    expect(await found(world.mailbox.id)).toEqual([]);
  });

  it('knows a mailbox by its id, and asks once for many', async () => {
    const ids = [
      world.mailbox.id,
      ...Array.from({ length: 30 }, (_, at) => add(`Box ${at}`, `${at}@x.se`)),
    ];
    const requests = await world.requestsOf(async () => {
      const hits = await Promise.all(
        ids.map((id) => world.reading.findMailboxes({ by: 'id', id: idOf(id.toUpperCase()) })),
      );
      expect(hits.flat().map(({ mailbox }) => mailbox.id)).toEqual(ids);
    });
    // Rows, profiles, owners, waiting messages, trace logs.
    expect(requests).toBeLessThanOrEqual(12);
    const nobody = idOf<MailboxId>('00000000-0000-4000-8000-000000000000');
    expect(await world.reading.findMailboxes({ by: 'id', id: nobody })).toEqual([]);
    expect(await world.reading.findMailboxes({ by: 'id', id: idOf('no key') })).toEqual([]);
  });

  it('knows those of a person: the own one, of owned queues, and forward mailboxes', async () => {
    const { organization, owner } = world;
    organization.change('systemuser', owner.id, { azureactivedirectoryobjectid: BERIT });
    const queue = organization.add('queue', {
      name: 'Support',
      ownerid: { table: 'systemuser', id: owner.id },
    });
    const support = add('Support', 'support@contoso.com', {
      regardingobjectid: { table: 'queue', id: queue.id },
    });
    const forward = add('Forward', 'forward@contoso.com', {
      isforwardmailbox: true,
      ownerid: { table: 'systemuser', id: owner.id },
    });
    add('Other', 'other@contoso.com');
    const hits = await world.reading.findMailboxes({ by: 'owner', ownerId: idOf(BERIT) });
    expect(hits.map(({ mailbox }) => [mailbox.id, mailbox.kind, mailbox.ownerId])).toEqual([
      [world.mailbox.id, 'user', BERIT],
      [forward, 'forward', BERIT],
      [support, 'queue', BERIT],
    ]);
    const stranger = idOf<UserId>('bbbbbbbb-0000-4000-8000-000000000009');
    expect(await world.reading.findMailboxes({ by: 'owner', ownerId: stranger })).toEqual([]);
  });

  it('knows those of a profile', async () => {
    add('Elsewhere', 'elsewhere@contoso.com');
    const profileId = idOf<ProfileId>(world.profile.id);
    const hits = await world.reading.findMailboxes({ by: 'profile', profileId });
    expect(hits.map(({ mailbox }) => mailbox.id)).toEqual([world.mailbox.id]);
  });

  it("knows those whose approval is missing, Exchange Online's own included", async () => {
    const profile = { emailserverprofile: { table: 'emailserverprofile', id: world.profile.id } };
    const half = add('Half', 'half@contoso.com', {
      ...profile,
      isemailaddressapprovedbyo365admin: false,
    });
    add('Whole', 'whole@contoso.com', { ...profile, isemailaddressapprovedbyo365admin: true });
    add('Elsewhere', 'elsewhere@contoso.com');
    add('Inactive', 'inactive@contoso.com', { emailrouteraccessapproval: 2, statecode: 1 });
    const hits = await world.reading.findMailboxes({ by: 'approval-pending' });
    expect(hits.map(({ mailbox }) => mailbox.id)).toEqual([world.mailbox.id, half]);
  });
});
