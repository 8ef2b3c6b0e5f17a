import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import { HOUR_MS } from '../../../../services/domain/time.ts';
import { startWatchWorld, type WatchWorld } from '../../../support/watch-world.ts';

const WORKS = {
  emailrouteraccessapproval: 1,
  isemailaddressapprovedbyo365admin: true,
  enabledforincomingemail: true,
  enabledforoutgoingemail: true,
  enabledforact: true,
  incomingemailstatus: 1,
  outgoingemailstatus: 1,
  actstatus: 1,
  transientfailurecount: 0,
};

let world: WatchWorld;
let id: MailboxId;
let heard = 0;
/** What was told since this was asked last. */
const told = (): readonly string[] => {
  const kinds = world.kinds().slice(heard);
  heard = world.events.length;
  return kinds;
};
async function begin(options?: Parameters<typeof startWatchWorld>[0]): Promise<void> {
  world = await startWatchWorld(options);
  heard = 0;
  id = idOf(world.mailbox.id);
  await change(WORKS);
  await world.round();
  told();
}
beforeEach(() => begin());
afterEach(() => world.stop());

const change = async (values: Readonly<Record<string, never>> | object): Promise<void> => {
  world.organization.change('mailbox', id, values as never);
};

describe.each([
  ['with change tracking', true],
  ['without change tracking', false],
])('watching an organization %s', (_name, isTracked) => {
  beforeEach(async () => {
    await world.stop();
    await begin({ isTracked });
  });

  it('tells of what was disabled, once', async () => {
    world.organization.synchronization.disable(id, 'mailbox-credentials', ['incoming']);
    await world.round();
    await world.round();
    expect(told()).toEqual(['direction-disabled']);
    const { directions } = (await world.seenMailbox(id))!;
    expect(directions.incoming.enabled).toBe(false);
  });

  it('says nothing of a row that was only touched', async () => {
    world.organization.synchronization.touch(id);
    const requests = await world.requestsOf(() => world.round());
    expect(told()).toEqual([]);
    expect(requests).toBe(3);
  });

  it('misses nothing that happened while the program was away, and repeats nothing', async () => {
    await change({ emailaddress: 'berit.berg@contoso.com' });
    await world.round();
    await change({ emailaddress: 'bb@contoso.com' });
    await world.restart();
    await world.restart();
    expect(told().filter((kind) => kind === 'address-changed')).toHaveLength(2);
  });

  it('tells of a mailbox that was deleted', async () => {
    world.organization.remove('mailbox', id);
    await world.clock.advance(HOUR_MS);
    await world.round();
    expect(told()).toContain('mailbox-deactivated');
    expect(await world.seenMailbox(id)).toBeUndefined();
  });

  it('takes a new mailbox in without telling of it, and tells of it from then on', async () => {
    const { values } = world.organization.row('mailbox', id)!;
    const nora = world.organization.add('mailbox', {
      name: 'Nora Ny',
      emailaddress: 'nora@contoso.com',
      incomingemaildeliverymethod: 2,
      outgoingemaildeliverymethod: 2,
      actdeliverymethod: 1,
      enabledforincomingemail: false,
      enabledforoutgoingemail: false,
      enabledforact: false,
      emailserverprofile: values.emailserverprofile,
      regardingobjectid: values.regardingobjectid,
      ownerid: values.ownerid,
    } as never);
    await world.round();
    expect(told()).toEqual([]);
    world.organization.change('mailbox', nora.id, WORKS);
    await world.round();
    expect(told()).toContain('direction-enabled');
  });

  it('tells of a change of a profile through the mailboxes that use it', async () => {
    world.organization.change('emailserverprofile', world.profile.id, { name: 'Renamed' });
    await world.round();
    expect(world.events.at(-1)).toMatchObject({ kind: 'profile-changed', mailboxIds: [id] });
  });

  it.each([-3, 3])('goes by the server’s clock where that is %i hours ahead', async (hours) => {
    await world.stop();
    await begin({ isTracked, skewMs: hours * HOUR_MS });
    await change({ emailaddress: 'berit.berg@contoso.com' });
    await world.round();
    expect(told()).toContain('address-changed');
  });
});

describe('watching', () => {
  it('knows by its warning that a direction is tried again, and that it works again', async () => {
    world.organization.change('mailbox', id, { transientfailurecount: 1 });
    world.organization.traces.failure(
      world.organization.row('mailbox', id)!,
      'connection',
      'outgoing',
    );
    await world.round();
    expect(told()).toEqual(['direction-retrying']);
    world.organization.change('mailbox', id, { transientfailurecount: 0 });
    await world.round();
    expect(told()).toEqual(['direction-recovered']);
  });

  it('begins again where the link has expired, and misses and repeats nothing', async () => {
    await change({ emailaddress: 'berit.berg@contoso.com' });
    await world.watch.stop();
    await world.clock.advance(40 * 24 * HOUR_MS);
    await world.restart();
    await world.round();
    expect(told().filter((kind) => kind === 'address-changed')).toHaveLength(1);
  });

  it('looks at once where somebody says that something happened, and tells it once', async () => {
    world.organization.synchronization.disable(id, 'mailbox-credentials', ['incoming']);
    for (const ids of [[id], [id, id], [id]]) world.watch.hint(ids);
    await world.clock.advance(1_000);
    await world.watch.settled();
    expect(told()).toEqual(['direction-disabled']);
    await world.round();
    expect(told()).toEqual([]);
  });

  it('is not made to tell anything by a hint that is not true', async () => {
    world.watch.hint([id, idOf('00000000-0000-4000-8000-000000000bad')]);
    await world.clock.advance(1_000);
    await world.watch.settled();
    expect(told()).toEqual([]);
  });

  it('goes on after a round that failed, with what that one missed', async () => {
    world.failNextTelling();
    await change({ emailaddress: 'berit.berg@contoso.com' });
    await world.round();
    expect(told()).toEqual([]);
    expect(world.log.lines).toMatchObject([{ event: 'changes-not-noticed' }]);
    await world.round();
    expect(told()).toContain('address-changed');
  });
});

type Happening =
  | 'address'
  | 'disable'
  | 'enable'
  | 'touch'
  | 'hint'
  | 'round'
  | 'restart'
  | 'die'
  | 'poll'
  | 'track';

/** Each event begins where the one before it ended, and the last ends where the mailbox is. */
function storyOf(events: WatchWorld['events'], from: string) {
  let address = from;
  let incoming = true;
  for (const event of events) {
    if (event.kind === 'address-changed') {
      expect(event.formerAddress).toBe(address);
      address = event.address;
    }
    if (event.kind === 'direction-disabled' && event.direction === 'incoming') {
      expect(incoming).toBe(true);
      incoming = false;
    }
    if (event.kind === 'direction-enabled' && event.direction === 'incoming') {
      expect(incoming).toBe(false);
      incoming = true;
    }
  }
  return { address, incoming };
}

describe('whatever happens in whatever order', () => {
  it('each transition is told exactly once, and none is missed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom<Happening>(
            'address',
            'disable',
            'enable',
            'touch',
            'hint',
            'round',
            'restart',
            'die',
            'poll',
            'track',
          ),
          { minLength: 4, maxLength: 14 },
        ),
        fc.constantFrom(-3 * HOUR_MS, 0, 3 * HOUR_MS),
        async (happenings, skewMs) => {
          const one = await startWatchWorld({ skewMs });
          const mailboxId = idOf<MailboxId>(one.mailbox.id);
          const set = (values: object): void => {
            one.organization.change('mailbox', mailboxId, values as never);
          };
          try {
            set(WORKS);
            await one.round();
            const before = one.events.length;
            let number = 0;
            const doing: Readonly<Record<Happening, () => Promise<void> | void>> = {
              address: () => set({ emailaddress: `berit${++number}@contoso.com` }),
              disable: () =>
                one.organization.synchronization.disable(mailboxId, 'mailbox-credentials', [
                  'incoming',
                ]),
              enable: () => set({ enabledforincomingemail: true, incomingemailstatus: 1 }),
              touch: () => one.organization.synchronization.touch(mailboxId),
              hint: async () => {
                one.watch.hint([mailboxId]);
                await one.clock.advance(1_000);
              },
              round: () => one.round(),
              restart: () => one.restart(),
              die: () => one.failNextTelling(),
              poll: () => one.organization.setChangeTracking('mailbox', false),
              track: () => one.organization.setChangeTracking('mailbox', true),
            };
            for (const happening of happenings) await doing[happening]();
            // The first may meet the death that was waiting.
            await one.round();
            await one.round();
            const row = one.organization.row('mailbox', mailboxId)?.values;
            expect(storyOf(one.events.slice(before), 'berit@contoso.com')).toEqual({
              address: row?.emailaddress,
              incoming: row?.enabledforincomingemail,
            });
          } finally {
            await one.stop();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
