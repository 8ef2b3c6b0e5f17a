import { secretOf } from '../../services/observability/index.ts';
import { createPop3Probe } from '../../services/probes/pop3.ts';
import { createTrust } from '../../services/probes/tls.ts';
import { answering } from '../support/byte-server.ts';
import { probeContract } from './probe.contract.ts';

const SECRET = 'sesame-open-3';

probeContract({
  protocol: 'pop3',
  create: () => createPop3Probe(createTrust()),
  tls: 'none',
  stages: ['greeting', 'authenticate', 'authorise', 'exchange'],
  secret: SECRET,
  credentials: () => ({
    kind: 'password',
    userName: 'alice@example.test',
    password: secretOf(SECRET),
  }),
  server: (fault) => () => ({
    greeting: fault?.at === 'greeting' ? fault.answer : '+OK ready\r\n',
    answer: answering([
      ['CAPA', '+OK\r\nUIDL\r\n.\r\n'],
      ['USER', '+OK\r\n'],
      ['PASS', fault?.at === 'authenticate' ? fault.answer : '+OK signed in\r\n'],
      ['STAT', fault?.at === 'authorise' ? fault.answer : '+OK 1 42\r\n'],
      ['UIDL', fault?.at === 'exchange' ? fault.answer : '+OK\r\n1 abc\r\n.\r\n'],
      ['QUIT', '+OK bye\r\n'],
    ]),
  }),
  sentBefore: { authenticate: 'PASS', authorise: 'STAT', exchange: 'UIDL' },
  farewell: 'QUIT',
  refusalWith: (text) => `-ERR [AUTH] ${text}\r\n`,
});
