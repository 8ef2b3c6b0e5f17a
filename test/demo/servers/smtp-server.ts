import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { TestCertificates } from '../../support/test-certificates.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import type { MailStore } from './mail-store.ts';

/** Submission (RFC 6409) over npm's smtp-server: signed-in users write to the demo's own mailboxes. */
export async function startSmtpServer(
  store: MailStore,
  certificates: TestCertificates,
): Promise<MailServer> {
  const options: SMTPServerOptions = {
    banner: 'Mailbox Medic demo',
    authMethods: ['PLAIN', 'LOGIN'],
    hideENHANCEDSTATUSCODES: false,
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      if (store.signIn(username ?? '', password ?? '')) done(null, { user: username });
      else done(refusal(535, '5.7.8 Username and password not accepted'));
    },
    onMailFrom({ address }, { user }, done) {
      if (address.toLowerCase() === String(user).toLowerCase()) done();
      else done(refusal(550, '5.7.60 Client does not have permissions to send as this sender'));
    },
    onRcptTo({ address }, _session, done) {
      if (store.has(address)) done();
      else done(refusal(550, '5.1.1 No such mailbox here'));
    },
    onData(stream, { envelope }, done) {
      buffer(stream).then(
        (raw) => {
          for (const { address } of envelope.rcptTo) store.deliver(address, raw);
          done(null, '2.0.0 Delivered');
        },
        (error: unknown) =>
          done(error instanceof Error ? error : refusal(451, '4.3.0 Not received')),
      );
    },
  };
  // The listeners are ours, so that they can go down; TLS of the implicit port is ended there too.
  const overTls = new SMTPServer({
    ...options,
    ...certificates.leaf.good,
    secure: true,
    secured: true,
  });
  const upgradable = new SMTPServer({ ...options, ...certificates.leaf.good });
  for (const server of [overTls, upgradable]) server.on('error', () => undefined);
  return startMailServer({
    certificates,
    serve: (socket, { isSecure }) => (isSecure ? overTls : upgradable).connect(socket),
    onCertificate: (kind) => upgradable.updateSecureContext(certificates.leaf[kind]),
  });
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
