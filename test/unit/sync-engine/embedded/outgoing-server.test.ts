import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type ProfileId } from '../../../../services/domain/ids.ts';
import { metBy } from '../../../../services/sync-engine/embedded/switch-offs.ts';
import { loadRegistry } from '../../../../services/sync-engine/index.ts';
import { WRONG_PASSWORD } from '../../../support/scripted-probe.ts';
import { registryOf } from '../../../support/sync-registry.ts';
import {
  ANNA,
  createSyncWorld,
  SMTP_WITH_PASSWORD,
  type SyncWorld,
} from '../../../support/sync-world.ts';

const userOf = (server: SyncWorld['imap']) =>
  server.requests.map(({ credentials }) => 'userName' in credentials && credentials.userName);

describe('an outgoing server with credentials of its own', () => {
  it.each(['profile', 'mailbox'] as const)(
    'is signed in to with those of the %s, and the incoming one is not',
    async (outgoingSource) => {
      const world = await createSyncWorld({ outgoingSource });
      await world.tested();
      expect(new Set(userOf(world.imap))).toEqual(new Set(['service']));
      expect(new Set(userOf(world.smtp))).toEqual(new Set(['sender']));
    },
  );

  it('has the settings of the incoming one where none are given', async () => {
    const world = await createSyncWorld();
    await world.tested();
    expect(userOf(world.smtp)).toEqual(['service']);
  });

  it.each([
    ['mailbox', 'profile', 'mailbox', 'profile'],
    ['profile', 'mailbox', 'profile', 'mailbox'],
  ] as const)(
    'refused with the %s’s for incoming and the %s’s for outgoing, it is each one’s failure',
    async (credentialSource, outgoingSource, incoming, outgoing) => {
      const world = await createSyncWorld({ credentialSource, outgoingSource });
      world.imap.fails(WRONG_PASSWORD);
      world.smtp.fails(WRONG_PASSWORD);
      await world.tested();
      const { directions } = await world.mailbox(ANNA);
      expect(directions.incoming.lastFailure?.scope).toBe(incoming);
      expect(directions.outgoing.lastFailure?.scope).toBe(outgoing);
    },
  );
});

describe('what is told before it breaks, of an outgoing server with credentials of its own', () => {
  const passwordExpiresAt = '2026-12-01T00:00:00.000Z';

  it.each([
    ['profile', { by: 'profile', profileId: idOf<ProfileId>('imap') }],
    ['mailbox', { by: 'mailbox', mailboxId: ANNA }],
  ] as const)('is the end of either password of the %s', async (source, query) => {
    const sources = { credentialSource: source, outgoingSource: source };
    const world = await createSyncWorld({ ...sources, passwordExpiresAt });
    const warnings = await world.engine.earlyWarnings(query);
    const users = warnings.map(({ trouble }) => 'userName' in trouble && trouble.userName);
    expect(new Set(users)).toEqual(new Set(['service', 'sender']));
  });

  it('is the end of passwords for sending only where it sends with one', () => {
    const profile = registryOf({ outgoingHost: 'smtp.office365.com' }).profiles.get(idOf('imap'));
    if (profile === undefined) throw new TypeError('no profile');
    const token = {
      kind: 'client-credentials',
      tenantId: 't',
      clientId: 'c',
      clientSecret: { env: 'SECRET' },
      authority: 'https://login.microsoftonline.com',
      graph: '',
    } as const;
    expect(metBy(SMTP_WITH_PASSWORD, profile)?.host).toBe('smtp.office365.com');
    expect(metBy(SMTP_WITH_PASSWORD, { ...profile, outgoingCredentials: token })).toBeUndefined();
    const sender = profile.credentials;
    if (sender === null) throw new TypeError('no credentials');
    const reversed = { ...profile, credentials: token, outgoingCredentials: sender };
    expect(metBy(SMTP_WITH_PASSWORD, reversed)?.host).toBe('smtp.office365.com');
  });
});

const MAIL = {
  id: 'mail',
  organization: 'contoso',
  name: 'Mail',
  serverType: 'imap-smtp',
  incoming: { host: 'imap.contoso.test', port: 993, tls: 'implicit' },
  outgoing: { host: 'smtp.contoso.test', port: 465, tls: 'implicit' },
};
const password = (userName: string, env = 'SECRET') => ({ userName, password: { env } });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outgoing-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(profile: object, mailbox: object = {}) {
  const file = join(folder, 'engine.yaml');
  const content = {
    organizations: [{ id: 'contoso', name: 'Contoso', deployment: 'online' }],
    profiles: [{ ...MAIL, ...profile }],
    mailboxes: [{ id: 'a', name: 'A', address: 'a@contoso.test', profile: 'mail', ...mailbox }],
  };
  await writeFile(file, JSON.stringify(content));
  return loadRegistry(file, { SECRET: 's' });
}

const BY_PROFILE = { credentialSource: 'profile', credentials: password('service') };
const BY_MAILBOX = { credentialSource: 'mailbox' };

describe('credentials for the outgoing server in the registry file', () => {
  it.each([
    ['none', BY_PROFILE, {}, undefined],
    [
      'others of the profile',
      { ...BY_PROFILE, outgoingCredentials: password('sender') },
      {},
      'profile',
    ],
    [
      'the profile’s beside mailboxes’ own',
      { ...BY_MAILBOX, outgoingCredentials: password('sender') },
      { credentials: password('a') },
      'profile',
    ],
    [
      'mailboxes’ beside the profile’s own',
      { ...BY_PROFILE, outgoingCredentialSource: 'mailbox' },
      { outgoingCredentials: password('a') },
      'mailbox',
    ],
  ])('may be %s', async (_, profile, mailbox, source) => {
    const loading = await load(profile, mailbox);
    if (loading.kind !== 'loaded') throw new TypeError(JSON.stringify(loading.problems));
    const registered = loading.registry.profiles.get(idOf<ProfileId>('mail'));
    expect(registered?.profile.outgoingCredentialSource).toBe(source);
    expect(registered?.outgoingCredentials !== undefined).toBe('outgoingCredentials' in profile);
  });

  it.each([
    [
      'missing in the profile',
      { ...BY_MAILBOX, outgoingCredentialSource: 'profile' },
      { credentials: password('a') },
      'profiles[0].outgoingCredentials',
    ],
    [
      'missing in the mailbox',
      { ...BY_PROFILE, outgoingCredentialSource: 'mailbox' },
      {},
      'mailboxes[0].outgoingCredentials',
    ],
    [
      'never used in the profile',
      {
        ...BY_PROFILE,
        outgoingCredentialSource: 'mailbox',
        outgoingCredentials: password('sender'),
      },
      { outgoingCredentials: password('a') },
      'profiles[0].outgoingCredentials',
    ],
    [
      'never used in the mailbox',
      BY_PROFILE,
      { outgoingCredentials: password('a') },
      'mailboxes[0].outgoingCredentials',
    ],
    [
      'a secret that is not there',
      { ...BY_PROFILE, outgoingCredentials: password('sender', 'NOT_SET') },
      {},
      'profiles[0].outgoingCredentials.password',
    ],
  ])('are refused when they are %s', async (_, profile, mailbox, path) => {
    const loading = await load(profile, mailbox);
    const problems = loading.kind === 'invalid' ? loading.problems : [];
    expect(problems.map((problem) => problem.path)).toEqual([path]);
  });
});
