import { connect } from 'node:tls';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { createProbes } from '../../services/probes/index.ts';
import { createPop3Client } from '../../services/probes/pop3-client.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import { PASSWORD, startPrivateDovecot } from '../support/private-dovecot.ts';
import { startPrivatePostfix } from '../support/private-postfix.ts';
import { passwordOf, probeRequest } from '../support/probe-request.ts';
import { contend, type Session } from './contest.ts';
import { benchCancelling } from './probes-cancelling.ts';
import { benchExchange } from './probes-exchange.ts';

const USER = 'alice@example.test';

/**
 * A whole test, from name resolution to QUIT, with its evidence, against the bare client library doing
 * the same errand on the same Dovecot and Postfix: interleaved pairs, the median of their quotients.
 */
export async function benchProbes(): Promise<void> {
  await benchCancelling();
  await benchExchange();
  if (!canRunMailServers()) return;
  const dovecot = await startPrivateDovecot();
  const postfix = await startPrivatePostfix(dovecot);
  const ca = dovecot.certificates.authority;
  const { probes } = createProbes();

  const ours =
    (protocol: 'imap' | 'pop3' | 'smtp', port: number): Session =>
    async () => {
      const outcome = await probes[protocol]!.run(
        probeRequest({ protocol, host: 'localhost', port, tls: 'implicit' }, passwordOf(PASSWORD), {
          certificateAuthorities: [ca],
          deadlineMs: 60_000,
        }),
      );
      if (outcome.outcome !== 'passed') throw new TypeError(JSON.stringify(outcome));
    };
  const { imaps, pop3s } = dovecot.ports;
  const { smtps } = postfix.ports;
  try {
    await contend('real Dovecot and Postfix', [
      {
        name: 'IMAP (imapflow)',
        ours: ours('imap', imaps),
        bare: () => bareImap(imaps, ca),
      },
      {
        name: 'POP3 (commands on a TLS socket)',
        ours: ours('pop3', pop3s),
        bare: () => barePop3(pop3s, ca),
      },
      {
        name: 'SMTP (nodemailer verify)',
        ours: ours('smtp', smtps),
        bare: () => bareSmtp(smtps, ca),
      },
    ]);
  } finally {
    await postfix.stop();
    await dovecot.stop();
  }
}

async function bareImap(port: number, ca: string): Promise<void> {
  const client = new ImapFlow({
    host: 'localhost',
    port,
    secure: true,
    auth: { user: USER, pass: PASSWORD },
    tls: { ca },
    logger: false,
    disableAutoIdle: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  const inbox = await client.mailboxOpen('INBOX', { readOnly: true });
  if (inbox.exists > 0) await client.fetchOne('*', { uid: true, internalDate: true });
  else await client.noop();
  await client.logout();
}

async function barePop3(port: number, ca: string): Promise<void> {
  const socket = connect({ host: 'localhost', port, ca });
  socket.on('error', () => undefined);
  const client = createPop3Client(socket);
  await client.greeting();
  await client.signInWithPassword(USER, PASSWORD);
  await client.status();
  await client.listUids(() => undefined);
  await client.quit();
  socket.destroy();
}

async function bareSmtp(port: number, ca: string): Promise<void> {
  const transport = createTransport({
    host: 'localhost',
    port,
    secure: true,
    forceAuth: true,
    auth: { user: USER, pass: PASSWORD },
    tls: { ca },
  });
  await transport.verify();
  transport.close();
}
