import type { Secret } from '../../observability/index.ts';
import type { ProbeCredentials, TokenSource } from '../../probes/index.ts';
import type { EngineParts } from './engine-parts.ts';
import type { CredentialReference } from './registry.ts';
import type { SecretReader, SecretReference } from './secret-reader.ts';

/** Reads the secrets for one attempt; null where one of them is not to be had. */
export async function revealCredentials(
  { secrets }: Pick<EngineParts, 'secrets'>,
  reference: CredentialReference | null,
  address: string,
): Promise<ProbeCredentials | null> {
  if (reference === null) return null;
  if (reference.kind === 'password') {
    const password = await secrets.read(reference.password);
    return password === null ? null : { kind: 'password', userName: reference.userName, password };
  }
  if (reference.kind === 'oauth') {
    const source = await revealSource(secrets, reference.source);
    return source && { kind: 'oauth', userName: reference.userName ?? address, source };
  }
  const clientSecret = await secrets.read(reference.clientSecret);
  return clientSecret === null ? null : { ...reference, clientSecret };
}

async function revealSource(
  secrets: SecretReader,
  source: TokenSource<SecretReference>,
): Promise<TokenSource<Secret> | null> {
  switch (source.kind) {
    case 'entra-application': {
      const clientSecret = await secrets.read(source.clientSecret);
      return clientSecret && { ...source, clientSecret };
    }
    case 'refresh-token': {
      const clientSecret = await secrets.read(source.clientSecret);
      const refreshToken = await secrets.read(source.refreshToken);
      return clientSecret && refreshToken && { ...source, clientSecret, refreshToken };
    }
    case 'google-service-account': {
      const privateKey = await secrets.read(source.privateKey);
      return privateKey && { ...source, privateKey };
    }
  }
}
