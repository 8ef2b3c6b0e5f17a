/** Why a host that somebody types may not be turned to. */
export type HostTrouble = 'malformed' | 'own-machine';

/** Ports below this belong to well-known services; of those, only mail's and the web's are asked. */
const FIRST_FREE_PORT = 1024;

export type MailProtocol = 'imap' | 'pop3' | 'smtp';

export interface UsualPort {
  readonly port: number;
  readonly tls: 'implicit' | 'starttls';
}

/** How servers of a kind are usually reached, the better choice first. */
export const USUAL_PORTS: Readonly<Record<MailProtocol, readonly UsualPort[]>> = {
  imap: [
    { port: 993, tls: 'implicit' },
    { port: 143, tls: 'starttls' },
  ],
  pop3: [
    { port: 995, tls: 'implicit' },
    { port: 110, tls: 'starttls' },
  ],
  smtp: [
    { port: 465, tls: 'implicit' },
    { port: 587, tls: 'starttls' },
    { port: 25, tls: 'starttls' },
  ],
};

export function mayBePort(port: number, usual: readonly number[]): boolean {
  return (
    Number.isInteger(port) && port <= 65_535 && (port >= FIRST_FREE_PORT || usual.includes(port))
  );
}
