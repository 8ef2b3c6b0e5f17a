import { existsSync } from 'node:fs';

const PROGRAMS = ['/usr/sbin/dovecot', '/usr/sbin/postfix'];

/**
 * Whether Debian's mail servers can be started here: installed, and we are root (Postfix insists).
 * Elsewhere their tests are skipped with a loud word; with CI=true nothing may be skipped.
 */
export function canRunMailServers(): boolean {
  const missing = PROGRAMS.filter((program) => !existsSync(program));
  if (process.getuid?.() !== 0) missing.push('root');
  if (missing.length === 0) return true;
  const words = `real mail servers need ${missing.join(', ')} (apt-get install dovecot-imapd dovecot-pop3d dovecot-lmtpd postfix)`;
  if (process.env['CI'] === 'true') throw new Error(words);
  console.warn(`SKIPPED: ${words}`);
  return false;
}
