import type { Problem } from '../../observability/index.ts';
import type { ProfileItemOf } from './registry-schema.ts';

type Found = Omit<Problem, 'where'>;
type ExchangeServerItem = ProfileItemOf<'exchange-server'>;

/** What contradicts itself in a profile of Exchange Server; what Microsoft does not support is elsewhere. */
export function exchangeServerProblems(path: string, item: ExchangeServerItem): readonly Found[] {
  const found: Found[] = [];
  const add = (field: string, what: string, remedy: string): void => {
    found.push({ path: `${path}.${field}`, what, remedy });
  };
  if (item.autodiscover && item.location !== null) {
    add(
      'location',
      'Auto Discover is on: this would never be used',
      'Remove it, or set autodiscover to false.',
    );
  }
  if (!item.autodiscover && item.location === null) {
    add(
      'location',
      'Auto Discover is off, and nothing says where the server is',
      'Write the address of Exchange Web Services, as https://mail.contoso.com/EWS/Exchange.asmx.',
    );
  }
  if (!item.autodiscover && item.autodiscoverService !== null) {
    add(
      'autodiscoverService',
      'Auto Discover is off: this would never be used',
      'Remove it, or set autodiscover to true.',
    );
  }
  if (item.credentialSource === 'server-to-server') {
    add(
      'credentialSource',
      'only Exchange Online trusts server to server',
      'Write profile or mailbox.',
    );
  }
  return [...found, ...signInProblems(path, item)];
}

function signInProblems(path: string, item: ExchangeServerItem): readonly Found[] {
  const { authentication, application, credentials, credentialSource, impersonation } = item;
  const found = (field: string, what: string, remedy: string): Found => ({
    path: `${path}.${field}`,
    what,
    remedy,
  });
  if (authentication !== 'oauth') {
    const unused = found(
      'application',
      `${authentication} signs in with a password: this would never be used`,
      'Remove it, or set authentication to oauth.',
    );
    return [...passwordProblems(path, item), ...(application === undefined ? [] : [unused])];
  }
  return [
    ...(application === undefined
      ? [
          found(
            'application',
            'oauth needs an application',
            'Add tenantId, clientId and clientSecret.',
          ),
        ]
      : []),
    ...(credentials === undefined
      ? []
      : [found('credentials', 'oauth signs in without a password', 'Remove them.')]),
    ...(credentialSource === 'mailbox'
      ? [found('credentialSource', 'an application signs in for the profile', 'Write profile.')]
      : []),
    ...(impersonation
      ? []
      : [found('impersonation', 'an application has no mailbox of its own', 'Write true.')]),
  ];
}

function passwordProblems(path: string, item: ExchangeServerItem): readonly Found[] {
  const { credentialSource, credentials } = item;
  const found = (what: string, remedy: string): readonly Found[] => [
    { path: `${path}.credentials`, what, remedy },
  ];
  if (credentialSource === 'profile' && credentials === undefined) {
    return found(
      'the credential source is the profile, which has none',
      'Add userName and password.',
    );
  }
  if (credentialSource === 'mailbox' && credentials !== undefined) {
    return found('the credential source is the mailbox: these would never be used', 'Remove them.');
  }
  return [];
}
