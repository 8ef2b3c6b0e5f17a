import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, untilGone, untilOpen } from './foreign-daemon.ts';
import { TOKEN_KEY } from './mail-tokens.ts';
import {
  CERTIFICATE_KINDS,
  type CertificateKind,
  createTestCertificates,
  type TestCertificates,
} from './test-certificates.ts';

/** The loopback address chooses the certificate that Dovecot shows. */
export const ADDRESS_OF: Readonly<Record<CertificateKind, string>> = {
  good: '127.0.0.1',
  expired: '127.0.0.2',
  'wrong-host': '127.0.0.3',
  'self-signed': '127.0.0.4',
  'expires-soon': '127.0.0.7',
};
/** Here TLS is not offered at all, and a clear-text login is accepted. */
export const WITHOUT_TLS = '127.0.0.5';
/** As `good`, but not counted as "secured" by Dovecot: refuses a login in clear text. */
export const DEMANDS_TLS = '127.0.0.6';

/** Of the account `filling`, and what it has used of them from the start. */
export const QUOTA_BYTES = 1_024 * 1_024;
export const USED_BYTES = 1_000 * 1_024;

export const PASSWORD = 'correct horse battery';

/** The account that Dovecot's processes run as: it needs no rights at all. */
const RUN_AS = { user: 'nobody', group: 'nogroup' };

/** A directory of its own with the certificates, one user's mail and Dovecot's sockets. */
export interface PrivateDovecot {
  readonly directory: string;
  readonly certificates: TestCertificates;
  readonly ports: Readonly<
    Record<'imap' | 'imaps' | 'pop3' | 'pop3s' | 'lmtp' | 'sasl' | 'quota', number>
  >;
  stop(): Promise<void>;
}

export interface PrivateDovecotOptions {
  /** Names of accounts beside the usual ones. */
  readonly moreAccounts?: readonly string[];
  /** Configuration that comes last, and counts. */
  readonly tuning?: string;
}

/**
 * Debian's Dovecot on free loopback ports; nothing in /etc is read or written. Accounts, all with
 * `PASSWORD`: alice, bob, filling (nearly over its quota), full (nothing fits), disabled, broken (its
 * store cannot be opened), tempfail (its password database is down); the domain is example.test.
 */
export async function startPrivateDovecot({
  moreAccounts = [],
  tuning = '',
}: PrivateDovecotOptions = {}): Promise<PrivateDovecot> {
  const directory = await mkdtemp(join(tmpdir(), 'dovecot-'));
  const certificates = await createTestCertificates();
  const [imap, imaps, pop3, pop3s, lmtp, sasl, quota] = await freePorts(7);
  const ports = { imap, imaps, pop3, pop3s, lmtp, sasl, quota } as PrivateDovecot['ports'];
  const log = join(directory, 'log');
  const pidFile = join(directory, 'run', 'master.pid');
  try {
    await chmod(directory, 0o755);
    for (const name of ['run', 'home', 'tls']) await mkdir(join(directory, name));
    await writeFile(log, '');
    for (const kind of CERTIFICATE_KINDS) {
      await writeFile(join(directory, 'tls', `${kind}.crt`), certificates.leaf[kind].cert);
      await writeFile(join(directory, 'tls', `${kind}.key`), certificates.leaf[kind].key);
    }
    await writeAccounts(directory, moreAccounts);
    await writeTokenRules(directory);
    const configuration = join(directory, 'dovecot.conf');
    await writeFile(configuration, `${configurationOf(directory, ports)}${tuning}`);
    await promisify(execFile)('chown', ['-R', `${RUN_AS.user}:${RUN_AS.group}`, directory]);
    // Without stdio of ours: a daemon that keeps our pipe open would keep the test run open.
    const starter = spawn('/usr/sbin/dovecot', ['-c', configuration], {
      stdio: 'ignore',
      cwd: '/',
    });
    await new Promise((resolve) => starter.once('exit', resolve));
    await Promise.all(Object.values(ports).map((port) => untilOpen(port)));
  } catch (error) {
    throw new Error(`Dovecot did not start: ${await readFile(log, 'utf8').catch(() => '')}`, {
      cause: error,
    });
  }
  return {
    directory,
    certificates,
    ports,
    async stop() {
      const pid = Number(await readFile(pidFile, 'utf8'));
      process.kill(pid, 'SIGTERM');
      // The master takes 2 to 3 s to end its children; its directory must not go before.
      await untilGone(pid);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function writeAccounts(directory: string, more: readonly string[]): Promise<void> {
  const account = (name: string, extra = ''): string =>
    `${name}@example.test:{PLAIN}${PASSWORD}::::${directory}/home/${name}::${extra}`;
  const accounts = [
    account('alice'),
    account('bob'),
    ...more.map((name) => account(name)),
    // Nothing fits into it.
    account('full', 'userdb_quota_rule=*:bytes=1'),
    account('disabled', 'nologin=y reason=Account_disabled'),
    account('filling', `userdb_quota_rule=*:bytes=${QUOTA_BYTES}`),
    account('broken', 'userdb_mail=maildir:/proc/nonexistent/Maildir'),
  ];
  await writeFile(join(directory, 'users'), `${accounts.join('\n')}\n`);
  const inbox = join(directory, 'home', 'filling', 'Maildir', 'new');
  await mkdir(inbox, { recursive: true });
  for (const name of ['cur', 'tmp']) await mkdir(join(inbox, '..', name));
  await writeFile(join(inbox, '1.large'), 'x'.repeat(USED_BYTES));
  // checkpassword's exit 111 is a temporary failure: the password database is down.
  const script = '#!/bin/sh\nread -r x <&3\ncase "$x" in tempfail@*) exit 111;; esac\nexit 1\n';
  await writeFile(join(directory, 'check-password'), script, { mode: 0o755 });
}

/** Dovecot checks tokens by itself, with the key that `mailToken` signs them with. */
async function writeTokenRules(directory: string): Promise<void> {
  const keys = join(directory, 'oauth', 'default', 'HS256');
  await mkdir(keys, { recursive: true });
  await writeFile(join(keys, 'default'), Buffer.from(TOKEN_KEY).toString('base64'));
  const rules = [
    'introspection_mode = local',
    `local_validation_key_dict = fs:posix:prefix=${directory}/oauth/`,
    'username_attribute = email',
    'scope = mail',
  ];
  await writeFile(join(directory, 'oauth2.conf'), `${rules.join('\n')}\n`);
}

function configurationOf(directory: string, ports: PrivateDovecot['ports']): string {
  const certificate = (kind: CertificateKind): string =>
    `ssl_cert = <${directory}/tls/${kind}.crt\n  ssl_key = <${directory}/tls/${kind}.key`;
  const listener = (name: string, port: number, isTls = false): string =>
    `  inet_listener ${name} {\n    port = ${port}\n${isTls ? '    ssl = yes\n' : ''}  }`;
  return `
base_dir = ${directory}/run
state_dir = ${directory}/run
log_path = ${directory}/log
default_internal_user = ${RUN_AS.user}
default_internal_group = ${RUN_AS.group}
default_login_user = ${RUN_AS.user}
first_valid_uid = 1
first_valid_gid = 0
mail_uid = ${RUN_AS.user}
mail_gid = ${RUN_AS.group}
protocols = imap pop3 lmtp
listen = ${[...Object.values(ADDRESS_OF), WITHOUT_TLS, DEMANDS_TLS].join(', ')}
ssl = yes
ssl_min_protocol = TLSv1.2
${certificate('good')}
${(['expired', 'expires-soon', 'wrong-host', 'self-signed'] as const).map((kind) => `local ${ADDRESS_OF[kind]} {\n  ${certificate(kind)}\n}`).join('\n')}
local ${WITHOUT_TLS} {
  ssl = no
  disable_plaintext_auth = no
}
disable_plaintext_auth = yes
auth_mechanisms = plain login cram-md5 xoauth2 oauthbearer
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = maildir:User quota
  quota_grace = 0
  quota_status_success = DUNNO
  quota_status_nouser = DUNNO
  quota_status_overquota = "552 5.2.2 Mailbox is full"
}
namespace inbox {
  inbox = yes
}
pop3_lock_session = yes
pop3_uidl_format = %08Xu%08Xv
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${directory}/oauth2.conf
}
passdb {
  driver = passwd-file
  args = ${directory}/users
}
passdb {
  driver = checkpassword
  args = ${directory}/check-password
}
userdb {
  driver = passwd-file
  args = ${directory}/users
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
${listener('imap', ports.imap)}
${listener('imaps', ports.imaps, true)}
}
service pop3-login {
  chroot =
${listener('pop3', ports.pop3)}
${listener('pop3s', ports.pop3s, true)}
}
service stats {
  chroot =
}
service quota-status {
  executable = quota-status -p postfix
  client_limit = 1
  inet_listener {
    address = 127.0.0.1
    port = ${ports.quota}
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service auth {
  inet_listener sasl {
    address = 127.0.0.1
    port = ${ports.sasl}
  }
}
protocol lmtp {
  postmaster_address = postmaster@example.test
}
`;
}
