import { secretOf } from '../../services/observability/index.ts';
import { createSmtpProbe } from '../../services/probes/smtp.ts';
import { createTrust } from '../../services/probes/tls.ts';
import { answering } from '../support/byte-server.ts';
import { probeContract } from './probe.contract.ts';

const SECRET = 'sesame-open-1';
const ok = '250 ok\r\n';

probeContract({
  protocol: 'smtp',
  create: () => createSmtpProbe(createTrust()),
  tls: 'none',
  stages: ['greeting', 'authenticate', 'authorise', 'exchange'],
  secret: SECRET,
  credentials: () => ({
    kind: 'password',
    userName: 'alice@example.test',
    password: secretOf(SECRET),
  }),
  request: {
    direction: 'outgoing',
    testMessage: { messageId: '<contract@example.test>', subject: 'Test', text: 'Test' },
  },
  server: (fault) => () => ({
    greeting: fault?.at === 'greeting' ? fault.answer : '220 server\r\n',
    answer: answering([
      ['EHLO', '250-server\r\n250 AUTH PLAIN\r\n'],
      ['AUTH ', fault?.at === 'authenticate' ? fault.answer : '235 signed in\r\n'],
      ['MAIL FROM', fault?.at === 'authorise' ? fault.answer : ok],
      ['RCPT TO', ok],
      ['DATA', '354 go on\r\n'],
      ['QUIT', '221 bye\r\n'],
      ['TEST', fault?.at === 'exchange' ? fault.answer : ok],
    ]),
  }),
  sentBefore: { authenticate: 'AUTH', authorise: 'MAIL FROM', exchange: 'Subject' },
  farewell: 'QUIT',
  refusalWith: (text) => `535 5.7.8 ${text}\r\n`,
});
