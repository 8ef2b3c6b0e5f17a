import type { CredentialSource } from '../../domain/profile.ts';
import type { Problem } from '../../observability/index.ts';
import type { MailboxItem, MailServerItem, ProfileItem } from './registry-schema.ts';

type Found = Omit<Problem, 'where'>;

/** Where the outgoing server has settings of its own; null where it is signed in to like the incoming one. */
export function ownOutgoingSource(
  item: ProfileItem,
): Exclude<CredentialSource, 'server-to-server'> | null {
  if (item.serverType === 'exchange-online' || item.serverType === 'exchange-server') return null;
  const { outgoingCredentialSource, outgoingCredentials } = item;
  return outgoingCredentialSource ?? (outgoingCredentials === undefined ? null : 'profile');
}

function sourcesOf(item: ProfileItem): Readonly<Record<'incoming' | 'outgoing', CredentialSource>> {
  const { credentialSource: incoming } = item;
  return { incoming, outgoing: ownOutgoingSource(item) ?? incoming };
}

/** Credentials of a profile that are missing, or that nobody would use. */
export function mailServerSignInProblems(path: string, item: MailServerItem): readonly Found[] {
  const { credentials, outgoingCredentials } = item;
  const { incoming, outgoing } = sourcesOf(item);
  const found: Found[] = [];
  const add = (field: string, what: string, remedy: string): void => {
    found.push({ path: `${path}.${field}`, what, remedy });
  };
  if (incoming === 'profile' && credentials === undefined) {
    add(
      'credentials',
      'the credential source is the profile, which has none',
      'Add userName and password.',
    );
  }
  if (incoming === 'mailbox' && credentials !== undefined) {
    add(
      'credentials',
      'the credential source is the mailbox: these would never be used',
      outgoing === 'profile' ? 'Rename them outgoingCredentials.' : 'Remove them.',
    );
  }
  if (incoming === 'mailbox' && outgoing === 'profile' && outgoingCredentials === undefined) {
    add(
      'outgoingCredentials',
      'the outgoing server takes credentials from the profile, which has none',
      'Add userName and password.',
    );
  }
  if (outgoing === 'mailbox' && outgoingCredentials !== undefined) {
    add(
      'outgoingCredentials',
      'the outgoing server takes credentials from the mailbox: these would never be used',
      'Remove them.',
    );
  }
  return found;
}

/** The same of a mailbox in its profile. */
export function mailboxSignInProblems(
  path: string,
  item: MailboxItem,
  profile: ProfileItem,
): readonly Found[] {
  const { methods, credentials, outgoingCredentials } = item;
  const { incoming, outgoing } = sourcesOf(profile);
  const found: Found[] = [];
  const add = (field: string, what: string, remedy: string): void => {
    found.push({ path: `${path}.${field}`, what, remedy });
  };
  const usesServer = Object.values(methods).includes('server-side-synchronization');
  const missing =
    (incoming === 'mailbox' && credentials === undefined) ||
    (outgoing === 'mailbox' && credentials === undefined && outgoingCredentials === undefined);
  if (missing && usesServer) {
    add(
      incoming === 'mailbox' ? 'credentials' : 'outgoingCredentials',
      `the profile ${profile.id} takes credentials from the mailbox`,
      'Add userName and password.',
    );
  }
  if (incoming !== 'mailbox' && credentials !== undefined) {
    add(
      'credentials',
      `the profile ${profile.id} does not take credentials from the mailbox`,
      outgoing === 'mailbox' ? 'Rename them outgoingCredentials.' : 'Remove them.',
    );
  }
  if (outgoing !== 'mailbox' && outgoingCredentials !== undefined) {
    add(
      'outgoingCredentials',
      `the profile ${profile.id} does not take outgoing credentials from the mailbox`,
      'Remove them.',
    );
  }
  return found;
}
