import { createProbes, type ExchangeAccess } from '../../services/probes/index.ts';
import { startEwsServer } from '../demo/servers/ews-server.ts';
import { startGraphReplica } from '../demo/servers/graph-replica.ts';
import { createMailStore } from '../demo/servers/mail-store.ts';
import { passwordOf, probeRequest } from '../support/probe-request.ts';
import { createTestCertificates } from '../support/test-certificates.ts';

/** What the bench has to know, one line of JSON on standard output. */
export interface ExchangeServers {
  readonly certificateAuthority: string;
  readonly address: string;
  readonly password: string;
  readonly ews: {
    readonly access: ExchangeAccess & { readonly url: string };
    readonly port: number;
  };
  readonly graph: { readonly url: string; readonly port: number };
  readonly application: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
}

/** In the inbox of either. */
const MESSAGES = 10;

// A process of its own: what the servers cost is not counted.
const address = 'alice@example.test';
const password = 'sesame-open';
const application = { tenantId: 'tenant', clientId: 'client', clientSecret: 'sesame-open-2' };
const certificates = await createTestCertificates();
const store = createMailStore([{ address, password }]);
for (let each = 0; each < MESSAGES; each += 1)
  store.deliver(address, Buffer.from('Subject: Hello\r\n\r\nHello'));
const ews = await startEwsServer({
  certificates,
  users: { [address]: password },
  serviceAccount: address,
});
ews.offer('Basic');
const access = {
  url: ews.url,
  autodiscoverUrl: null,
  authentication: 'basic',
  impersonation: false,
  schema: 'Exchange2013_SP1',
} as const;
const { senders } = createProbes();
for (let each = 0; each < MESSAGES; each += 1) await deliver(`<bench-${each}@example.test>`);
const graph = await startGraphReplica(store, certificates, application);
const servers: ExchangeServers = {
  certificateAuthority: certificates.authority,
  address,
  password,
  ews: { access, port: ews.port },
  graph: { url: graph.baseUrl, port: graph.port },
  application,
};
console.log(JSON.stringify(servers));

async function deliver(messageId: string): Promise<void> {
  const endpoint = { protocol: 'ews', host: 'localhost', port: ews.port, tls: 'implicit' } as const;
  const sent = await senders.ews!.send({
    ...probeRequest(endpoint, passwordOf(password, address), {
      address,
      certificateAuthorities: [certificates.authority],
      exchange: access,
    }),
    message: { to: [address], messageId, subject: 'Hello', text: 'Hello' },
  });
  if (sent.outcome !== 'passed') throw new TypeError(JSON.stringify(sent));
}
