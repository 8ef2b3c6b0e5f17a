import { describe, expect, it } from 'vitest';
import { createStaticDirectory } from '../../../services/directory/index.ts';
import { idOf, type UserId } from '../../../services/domain/ids.ts';
import type { Mailbox } from '../../../services/domain/mailbox.ts';
import type { Role } from '../../../services/domain/person.ts';
import { mailboxOf, stateOf } from '../../../services/sync-engine/embedded/mailbox-records.ts';
import { registryOf } from '../../support/sync-registry.ts';
import { createWorld, type EventBody } from './notification-world.ts';

const registry = registryOf();
const person = (id: string, roles: readonly Role[]) => ({
  id: idOf<UserId>(id),
  name: id,
  email: `${id}@contoso.test`,
  roles,
  privileges: ['approve-email-addresses'] as const,
});

/** Olga has her mail at Exchange Online; of two administrators one may approve there. */
async function worldOf(over: Partial<Mailbox> = {}) {
  return createWorld({
    mailboxes: { olga: 'olga' },
    reachable: ['olga', 'global', 'system'],
    more: {
      directory: createStaticDirectory([
        person('global', ['system-administrator', 'global-administrator']),
        person('system', ['system-administrator']),
      ]),
      engine: {
        async findMailboxes() {
          const olga = registry.mailboxes.get(idOf('olga'))!;
          const mailbox = { ...mailboxOf(olga, stateOf(olga, undefined), 0), ...over };
          return [{ mailbox, quality: 'exact' }];
        },
        profile: async (id) => registry.profiles.get(id)?.profile,
        organization: async (id) => registry.organizations.get(id),
      },
    },
  });
}

const changed = (approvalReset: boolean): EventBody => ({
  kind: 'address-changed',
  formerAddress: 'olga.old@contoso.test',
  address: 'olga@contoso.test',
  approvalReset,
});

describe('an address that is another one than was approved', () => {
  it('is told once to the owner and to those who may approve it, and to nobody else', async () => {
    const world = await worldOf();
    await world.happens('olga', changed(true));
    await world.settled();
    const sends = world.messenger.asked.filter(({ kind }) => kind === 'send');
    expect(sends.map(({ recipientId }) => recipientId).sort()).toEqual(['global', 'olga']);
    for (const { reference } of sends) {
      expect(reference).toMatchObject({
        card: 'address-changed',
        formerAddress: 'olga.old@contoso.test',
        address: 'olga@contoso.test',
      });
    }
  });

  it.each([
    ['was not approved before either', changed(false), {}],
    ['belongs to an inactive mailbox', changed(true), { active: false }],
    [
      'needs no approval',
      changed(true),
      { organizationId: idOf<Mailbox['organizationId']>('nowhere') },
    ],
  ])('and %s is told to nobody', async (_, event, over) => {
    const world = await worldOf(over);
    await world.happens('olga', event);
    await world.settled();
    expect(world.messenger.asked).toHaveLength(0);
  });
});

describe('a rejection', () => {
  it('is told to whose mailbox it is', async () => {
    const world = await worldOf();
    await world.happens('olga', { kind: 'approval-changed', approved: false, by: idOf('global') });
    await world.settled();
    expect(world.messenger.asked).toMatchObject([
      { kind: 'send', recipientId: 'olga', reference: { card: 'rejected-address' } },
    ]);
  });

  it('of one’s own address, and an approval, are told to nobody', async () => {
    const world = await worldOf();
    await world.happens('olga', { kind: 'approval-changed', approved: false, by: idOf('olga') });
    await world.happens('olga', { kind: 'approval-changed', approved: true, by: idOf('global') });
    await world.settled();
    expect(world.messenger.asked).toHaveLength(0);
  });
});
