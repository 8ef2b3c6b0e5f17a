import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, untilGone, untilOpen } from './foreign-daemon.ts';
import { ADDRESS_OF, type PrivateDovecot, WITHOUT_TLS } from './private-dovecot.ts';
import { CERTIFICATE_KINDS, type CertificateKind } from './test-certificates.ts';

const run = promisify(execFile);

/**
 * Debian's Postfix beside a private Dovecot, which checks its passwords (SASL) and takes its mail
 * (LMTP). `smtps` speaks TLS at once, `submission` demands STARTTLS. On `WITHOUT_TLS` there is no TLS
 * and a clear-text login is accepted. Recipients greylisted@ (450) and blocked@ (554) are refused.
 */
export interface PrivatePostfix {
  readonly ports: Readonly<Record<'smtps' | 'submission', number>>;
  stop(): Promise<void>;
}

export async function startPrivatePostfix(dovecot: PrivateDovecot): Promise<PrivatePostfix> {
  const directory = await mkdtemp(join(tmpdir(), 'postfix-'));
  const [smtps, submission] = await freePorts(2);
  const ports = { smtps, submission } as PrivatePostfix['ports'];
  const etc = join(directory, 'etc');
  const log = join(directory, 'log', 'postfix.log');
  await chmod(directory, 0o755);
  for (const name of ['etc', 'spool', 'data', 'tls', 'log']) await mkdir(join(directory, name));
  for (const kind of CERTIFICATE_KINDS) {
    const { key, cert } = dovecot.certificates.leaf[kind];
    await writeFile(join(directory, 'tls', `${kind}.pem`), `${key}\n${cert}\n`);
  }
  await writeFile(join(etc, 'main.cf'), mainOf(directory, dovecot.ports));
  await writeFile(join(etc, 'master.cf'), masterOf(directory, ports));
  await writeFile(
    join(etc, 'mailboxes'),
    '/^(alice|bob|full|greylisted|blocked)@example\\.test$/ ok\n',
  );
  await writeFile(
    join(etc, 'recipients'),
    '/^greylisted@/ 450 4.7.1 Greylisted, try again later\n/^blocked@/ 554 5.7.1 Rejected by policy\n',
  );
  await run('chown', ['postfix', join(directory, 'data')]);
  const starter = spawn('/usr/sbin/postfix', ['-c', etc, 'start'], { stdio: 'ignore' });
  await new Promise((resolve) => starter.once('exit', resolve));
  try {
    await Promise.all(Object.values(ports).map((port) => untilOpen(port)));
  } catch (error) {
    throw new Error(`Postfix did not start: ${await readFile(log, 'utf8').catch(() => '')}`, {
      cause: error,
    });
  }
  return {
    ports,
    async stop() {
      // `postfix stop` waits 5 s; its master ends its children on SIGTERM by itself.
      const pid = Number(
        (await readFile(join(directory, 'spool', 'pid', 'master.pid'), 'utf8')).trim(),
      );
      process.kill(pid, 'SIGTERM');
      await untilGone(pid);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function mainOf(directory: string, { lmtp, sasl, quota }: PrivateDovecot['ports']): string {
  return `
compatibility_level = 3.6
queue_directory = ${directory}/spool
data_directory = ${directory}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${directory}/log/postfix.log
maillog_file_prefixes = ${directory}
myhostname = localhost
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
smtp_dns_support_level = disabled
default_transport = error:5.4.4 no outgoing mail from the test server
relay_transport = error:5.4.4 no outgoing mail from the test server
virtual_mailbox_domains = example.test
virtual_mailbox_maps = regexp:${directory}/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:${lmtp}
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${sasl}
smtpd_sasl_auth_enable = yes
smtpd_tls_auth_only = yes
smtpd_tls_security_level = encrypt
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access regexp:${directory}/etc/recipients, check_policy_service inet:127.0.0.1:${quota}, permit
smtpd_client_connection_count_limit = 0
smtpd_peername_lookup = no
message_size_limit = 65536
mailbox_size_limit = 0
disable_vrfy_command = yes
`;
}

function masterOf(directory: string, { smtps, submission }: PrivatePostfix['ports']): string {
  const service = (address: string, port: number, ...options: readonly string[]): string =>
    [`${address}:${port} inet n - n - - smtpd`, ...options.map((option) => `  -o ${option}`)].join(
      '\n',
    );
  const listeners = CERTIFICATE_KINDS.flatMap((kind: CertificateKind) => {
    const chain = `smtpd_tls_chain_files=${directory}/tls/${kind}.pem`;
    const address = ADDRESS_OF[kind];
    return [
      service(address, smtps, chain, 'smtpd_tls_wrappermode=yes'),
      service(address, submission, chain),
    ];
  });
  const withoutTls = service(
    WITHOUT_TLS,
    submission,
    'smtpd_tls_auth_only=no',
    'smtpd_tls_security_level=none',
  );
  return `${[...listeners, withoutTls].join('\n')}
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;
}
