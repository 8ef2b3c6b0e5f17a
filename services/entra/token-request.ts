import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  ConfidentialClientApplication,
  type Configuration,
  ManagedIdentityApplication,
} from '@azure/msal-node';
import { AppError } from '../observability/index.ts';
import type { ApplicationTokensOptions } from './application-tokens.ts';
import type { EntraApplication } from './entra-application.ts';
import type { TokenRequest } from './kept-tokens.ts';
import { observedNetwork } from './observed-network.ts';

type Asked = Pick<ApplicationTokensOptions, 'application' | 'authority' | 'resource' | 'fetch'>;

/**
 * Through msal-node, with a client for each request: its network client is bound to the request's
 * signal, as msal has no timeout of its own, and what it keeps for itself would outlive a refusal.
 */
export function createTokenRequest(asked: Asked): TokenRequest {
  const { application, resource, fetch: send = fetch } = asked;
  const credential = credentialOf(application.credential);
  return async (signal, before) => {
    const network = observedNetwork(send, signal);
    try {
      const result = await (credential === undefined
        ? byManagedIdentity(application, resource, network.client, before)
        : bySecret(asked, credential, network.client));
      if (result === null || result.accessToken === '') {
        throw new AppError('entra-unreachable', 'no token in the answer');
      }
      return { value: result.accessToken, livesMs: network.livesMs() };
    } catch (thrown) {
      throw network.trouble() ?? unexpected(thrown);
    }
  };
}

type Network = ReturnType<typeof observedNetwork>['client'];
type Credential = Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate'>;

function bySecret({ application, authority, resource }: Asked, own: Credential, network: Network) {
  const base = `${authority}/${encodeURIComponent(application.tenantId)}`;
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: application.clientId,
      ...own,
      authority: base,
      // Told instead of discovered: one request for a token, and to no other host.
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify({
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        issuer: `${base}/v2.0`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      }),
    },
    system: { networkClient: network },
  });
  return client.acquireTokenByClientCredential({ scopes: [`${resource}/.default`] });
}

function byManagedIdentity(
  { clientId }: EntraApplication,
  resource: string,
  networkClient: Network,
  before: string | undefined,
) {
  const client = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: clientId },
    system: { networkClient, disableInternalRetries: true },
  });
  return client.acquireToken({ resource, forceRefresh: before !== undefined });
}

/** Undefined for a managed identity, which needs none. */
function credentialOf(credential: EntraApplication['credential']): Credential | undefined {
  switch (credential.kind) {
    case 'managed-identity':
      return undefined;
    case 'secret':
      return { clientSecret: credential.secret.reveal() };
    case 'certificate':
      return { clientCertificate: certificateIn(credential.pem.reveal()) };
  }
}

/** Entra's assertions are signed with RSA. */
function certificateIn(pem: string): NonNullable<Credential['clientCertificate']> {
  const what = 'DATAVERSE_CLIENT_CERTIFICATE holds no certificate with its private key of RSA';
  try {
    const certificate = new X509Certificate(pem);
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa' && certificate.checkPrivateKey(key)) {
      return {
        thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
        privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
        x5c: certificate.toString(),
      };
    }
  } catch {
    // Told below.
  }
  throw new AppError('config-invalid', what);
}

function unexpected(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = (thrown as { readonly errorCode?: unknown } | null)?.errorCode;
  const what = typeof code === 'string' ? code : 'msal failed';
  return new AppError('entra-unreachable', what);
}
