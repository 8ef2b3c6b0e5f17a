import { resolve } from 'node:path';
import { instantOf } from '../../domain/time.ts';
import { secretsIn, type TokenSource } from '../../probes/index.ts';
import type { CredentialReference } from './registry.ts';
import type { PasswordItem, SecretItem, TokenItem } from './registry-schema.ts';
import type { SecretReference } from './secret-reader.ts';

type Item = PasswordItem | TokenItem;

/** How a mail server is signed in to: with a password, or with a token from one of three sources. */
export function credentialsOf(item: Item, folder: string): CredentialReference {
  if (item.oauth === undefined) {
    return { kind: 'password', userName: item.userName, password: placed(item.password, folder) };
  }
  const source = sourceOf(item, (secret) => placed(secret, folder));
  return { kind: 'oauth', userName: item.oauth === 'refresh-token' ? item.userName : null, source };
}

/** Every secret of it, and the field in which it stands. */
export function secretFields(
  item: Item | undefined,
): readonly (readonly [field: string, secret: SecretItem])[] {
  if (item === undefined) return [];
  return Object.entries(item).flatMap(([field, value]) =>
    typeof value === 'object' ? [[field, value] as const] : [],
  );
}

export function placed(secret: SecretItem, folder: string): SecretReference {
  const { expiresOn } = secret;
  return {
    ...('file' in secret ? { file: resolve(folder, secret.file) } : { env: secret.env }),
    // By the beginning of the day: what was told too early is told in time.
    ...(expiresOn !== undefined && { expiresAt: instantOf(Date.parse(expiresOn)) }),
  };
}

/** The first secret with an end: it is told before the others are. */
export function expiringSecret(reference: CredentialReference): SecretReference | undefined {
  const secrets =
    reference.kind === 'oauth'
      ? secretsIn(reference.source)
      : [reference.kind === 'password' ? reference.password : reference.clientSecret];
  return secrets
    .filter(({ expiresAt }) => expiresAt !== undefined)
    .toSorted((one, other) => ((one.expiresAt ?? '') < (other.expiresAt ?? '') ? -1 : 1))[0];
}

export function applicationOf(source: TokenSource<unknown>): string {
  return source.kind === 'google-service-account' ? source.account : source.clientId;
}

function sourceOf(
  item: TokenItem,
  place: (secret: SecretItem) => SecretReference,
): TokenSource<SecretReference> {
  switch (item.oauth) {
    case 'entra-application': {
      const { oauth, clientSecret, ...rest } = item;
      return { kind: oauth, ...rest, clientSecret: place(clientSecret) };
    }
    case 'refresh-token': {
      const { oauth, clientId, tokenEndpoint } = item;
      return {
        kind: oauth,
        clientId,
        tokenEndpoint,
        clientSecret: place(item.clientSecret),
        refreshToken: place(item.refreshToken),
      };
    }
    case 'google-service-account': {
      const { oauth, privateKey, ...rest } = item;
      return { kind: oauth, ...rest, privateKey: place(privateKey) };
    }
  }
}
