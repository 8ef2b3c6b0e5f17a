import { secretOf } from '../../services/observability/index.ts';
import { createGraphProbe } from '../../services/probes/graph.ts';
import { createTrust } from '../../services/probes/tls.ts';
import { answering } from '../support/byte-server.ts';
import { probeContract } from './probe.contract.ts';

const SECRET = 'sesame-open-4';

function json(body: object, status = '200 OK'): string {
  const text = JSON.stringify(body);
  const head = ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`];
  return `HTTP/1.1 ${status}\r\n${head.join('\r\n')}\r\n\r\n${text}`;
}

/** msal accepts an authority over https only, so here the bytes travel in TLS. */
probeContract({
  protocol: 'graph',
  create: () => createGraphProbe(createTrust()),
  tls: 'implicit',
  stages: ['authenticate', 'authorise', 'exchange'],
  secret: SECRET,
  credentials: (port) => ({
    kind: 'client-credentials',
    tenantId: 'tenant',
    clientId: 'application',
    clientSecret: secretOf(SECRET),
    authority: `https://127.0.0.1:${port}`,
    graph: `https://127.0.0.1:${port}`,
  }),
  server: (fault) => () => ({
    answer: answering([
      [
        'POST /TENANT/OAUTH2/V2.0/TOKEN',
        fault?.at === 'authenticate'
          ? fault.answer
          : json({ token_type: 'Bearer', expires_in: 3599, access_token: 'token' }),
      ],
      ['MESSAGES', fault?.at === 'exchange' ? fault.answer : json({ value: [{ id: 'm1' }] })],
      ['MAILFOLDERS/INBOX', fault?.at === 'authorise' ? fault.answer : json({ totalItemCount: 1 })],
    ]),
  }),
  sentBefore: { authenticate: 'oauth2/v2.0/token', authorise: 'inbox?', exchange: 'messages?' },
  farewell: null,
  refusalWith: (text) =>
    json({ error: 'invalid_client', error_description: text }, '401 Unauthorized'),
});
