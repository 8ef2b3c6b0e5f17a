import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoint } from '../../services/domain/profile.ts';
import { PASSWORD, type PrivateDovecot, startPrivateDovecot } from '../support/private-dovecot.ts';
import { type PrivatePostfix, startPrivatePostfix } from '../support/private-postfix.ts';

export const DOMAIN = 'example.test';
/** Gets everything that is sent. */
export const RECIPIENT = `alice@${DOMAIN}`;
export { PASSWORD };

/**
 * A process for many logins instead of one for each, as Dovecot's own guide has it for busy servers
 * (measured: 26 to 107 sessions a second, mail-probe.md §3).
 */
const TUNING = `
service imap-login {
  service_count = 0
  process_min_avail = 2
  client_limit = 1000
}
service pop3-login {
  service_count = 0
  process_min_avail = 2
  client_limit = 1000
}
service imap {
  service_count = 1000
  process_min_avail = 8
}
service pop3 {
  service_count = 1000
  process_min_avail = 8
}
`;

export interface RealMailServers {
  readonly dovecot: PrivateDovecot;
  readonly endpoints: Readonly<Record<'imap' | 'pop3' | 'smtp', Endpoint>>;
  /** The Message-IDs in the recipient's mailbox, each as often as it is there. */
  arrived(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** A tuned Dovecot with these accounts beside alice's, and a Postfix that they send by. */
export async function startRealMailServers(accounts: readonly string[]): Promise<RealMailServers> {
  const dovecot = await startPrivateDovecot({ moreAccounts: accounts, tuning: TUNING });
  let postfix: PrivatePostfix;
  try {
    postfix = await startPrivatePostfix(dovecot);
  } catch (error) {
    await dovecot.stop();
    throw error;
  }
  const at = (protocol: Endpoint['protocol'], port: number): Endpoint => ({
    protocol,
    host: 'localhost',
    port,
    tls: 'implicit',
  });
  return {
    dovecot,
    endpoints: {
      imap: at('imap', dovecot.ports.imaps),
      pop3: at('pop3', dovecot.ports.pop3s),
      smtp: at('smtp', postfix.ports.smtps),
    },
    async arrived() {
      const inbox = join(dovecot.directory, 'home', 'alice', 'Maildir', 'new');
      const names = await readdir(inbox).catch(() => []);
      const messages = await Promise.all(names.map((name) => readFile(join(inbox, name), 'utf8')));
      return messages.map((message) => /^Message-ID:\s*(\S+)/im.exec(message)?.[1] ?? '');
    },
    async stop() {
      await postfix.stop();
      await dovecot.stop();
    },
  };
}
