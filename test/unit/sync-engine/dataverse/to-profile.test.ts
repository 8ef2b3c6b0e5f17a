import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf, type OrganizationId, type UserId } from '../../../../services/domain/ids.ts';
import { PROFILE_COLUMNS } from '../../../../services/sync-engine/dataverse/columns.ts';
import { toProfile } from '../../../../services/sync-engine/dataverse/to-profile.ts';

const around = {
  organizationId: idOf<OrganizationId>('organization'),
  ownerId: idOf<UserId>('somebody'),
};
const named = { emailserverprofileid: '6F1C1F2E-0000-4000-8000-00000000000A', name: 'A profile' };
const read = (row: object): ReturnType<typeof toProfile> => toProfile({ ...named, ...row }, around);

describe("an email server profile's row", () => {
  it('is Exchange Online by its type, or because it signs in from server to server', () => {
    const online = read({ servertype: 3, incomingcredentialretrieval: 2, useautodiscover: true });
    expect(online).toMatchObject({
      id: '6f1c1f2e-0000-4000-8000-00000000000a',
      serverType: 'exchange-online',
      credentialSource: 'server-to-server',
      incoming: { protocol: 'ews', host: 'outlook.office365.com', port: 443, tls: 'implicit' },
      ownerId: 'somebody',
    });
    expect(read({ servertype: 0, incomingcredentialretrieval: 2 }).serverType).toBe(
      'exchange-online',
    );
    expect(
      read({
        servertype: 0,
        defaultserverlocation: 'https://partner.outlook.cn/EWS/Exchange.asmx',
      }),
    ).toMatchObject({ serverType: 'exchange-online', incoming: { host: 'partner.outlook.cn' } });
  });

  it('names the location of Exchange Server only where nothing discovers it', () => {
    const row = {
      servertype: 2,
      incomingcredentialretrieval: 1,
      incomingserverlocation: 'https://mail.contoso.com:8443/EWS/Exchange.asmx',
      exchangeversion: 3,
    };
    expect(read({ ...row, useautodiscover: false })).toMatchObject({
      serverType: 'exchange-server',
      exchangeVersion: '2010',
      location: 'https://mail.contoso.com:8443/EWS/Exchange.asmx',
      incoming: { host: 'mail.contoso.com', port: 8443 },
    });
    const discovered = read({ ...row, useautodiscover: true });
    expect(discovered.location).toBeUndefined();
    expect(discovered.incoming.host).toBe('autodiscover');
  });

  it('says nothing of the version where the newest was chosen: later ones have no value', () => {
    expect(read({ servertype: 0, exchangeversion: 5 }).exchangeVersion).toBeUndefined();
  });

  it('reaches POP3, IMAP and SMTP where its columns say, encrypted as the port is', () => {
    const row = {
      servertype: 1,
      incomingcredentialretrieval: 0,
      incomingserverlocation: 'pop.example.com',
      incomingportnumber: 995,
      incomingusessl: true,
      outgoingserverlocation: 'smtp.example.com',
      outgoingportnumber: 587,
      outgoingusessl: true,
    };
    expect(read(row)).toMatchObject({
      serverType: 'pop3-smtp',
      credentialSource: 'mailbox',
      incoming: { protocol: 'pop3', host: 'pop.example.com', port: 995, tls: 'implicit' },
      outgoing: { protocol: 'smtp', host: 'smtp.example.com', port: 587, tls: 'starttls' },
    });
    const plain = { ...row, servertype: 4, incomingusessl: false, incomingportnumber: null };
    expect(read(plain).incoming).toEqual({
      protocol: 'imap',
      host: 'pop.example.com',
      port: 143,
      tls: 'none',
    });
  });

  it('has credentials of its own for outgoing email only where the settings are not the same', () => {
    const row = { servertype: 1, incomingcredentialretrieval: 1, outgoingcredentialretrieval: 0 };
    const own = { ...row, usesamesettingsforoutgoingconnections: false };
    expect(read(own).outgoingCredentialSource).toBe('mailbox');
    const same = { ...row, usesamesettingsforoutgoingconnections: true };
    expect(read(same).outgoingCredentialSource).toBeUndefined();
  });

  it('tells its owner of major events only where the organization wants that', () => {
    expect(
      [read({ sendemailalert: true }), read({})].map((each) => each.majorEventsToOwner),
    ).toEqual([true, false]);
  });

  it('can be read whatever its columns hold', () => {
    const anything = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -3, max: 70_000 }),
      fc.string(),
      fc.webUrl(),
      fc.uuid(),
    );
    const row = fc.dictionary(fc.constantFrom(...PROFILE_COLUMNS, 'unheardof'), anything);
    fc.assert(
      fc.property(row, (values) => {
        const profile = toProfile(values, around);
        expect(Number.isInteger(profile.incoming.port)).toBe(true);
        expect(profile.location === undefined || !profile.autodiscover).toBe(true);
      }),
    );
  });
});
