import { secretOf } from '../../services/observability/index.ts';
import { createImapProbe } from '../../services/probes/imap.ts';
import { createTrust } from '../../services/probes/tls.ts';
import { answering } from '../support/byte-server.ts';
import { probeContract } from './probe.contract.ts';

const SECRET = 'sesame-open-2';
const INBOX =
  '* 1 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT 2]\r\n$TAG OK [READ-ONLY] done\r\n';

probeContract({
  protocol: 'imap',
  create: () => createImapProbe(createTrust()),
  tls: 'none',
  stages: ['greeting', 'authenticate', 'authorise', 'exchange'],
  secret: SECRET,
  credentials: () => ({
    kind: 'password',
    userName: 'alice@example.test',
    password: secretOf(SECRET),
  }),
  server: (fault) => () => ({
    greeting: fault?.at === 'greeting' ? fault.answer : '* OK ready\r\n',
    answer: answering([
      ['CAPABILITY', '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n$TAG OK done\r\n'],
      ['AUTHENTICATE', fault?.at === 'authenticate' ? fault.answer : '$TAG OK signed in\r\n'],
      ['EXAMINE', fault?.at === 'authorise' ? fault.answer : INBOX],
      ['FETCH', fault?.at === 'exchange' ? fault.answer : '* 1 FETCH (UID 1)\r\n$TAG OK done\r\n'],
      [' ', '$TAG OK done\r\n'],
    ]),
  }),
  sentBefore: { authenticate: 'AUTHENTICATE', authorise: 'EXAMINE', exchange: 'FETCH' },
  farewell: 'LOGOUT',
  refusalWith: (text) => `$TAG NO [AUTHENTICATIONFAILED] ${text}\r\n`,
});
