/** Why a host that somebody types may not be turned to. */
export type HostTrouble = 'malformed' | 'own-machine';

const LONGEST_HOST = 253;
/** A name or an IPv4 address; an IPv6 address, in brackets or without. */
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/;
const SIXES = /^\[?[0-9A-Fa-f:.]+\]?$/;

/** Names that mean the machine itself, or what a cloud tells only the machine itself. */
const OWN_NAMES = ['localhost', 'metadata.google.internal'];

/**
 * A host that is typed into a card is asked by whatever machine the engine runs on. Servers of an
 * internal network are what an administrator on-premises names; the machine itself, its link and its
 * cloud's metadata service are never mail servers. A name is held against this again by its addresses
 * when a connection is made.
 */
export function hostTrouble(host: string): HostTrouble | null {
  const bare = host.endsWith('.') ? host.slice(0, -1) : host;
  const isSix = bare.includes(':');
  if (bare.length > LONGEST_HOST || !(isSix ? SIXES : NAME).test(bare)) return 'malformed';
  // Also reads the other spellings of an address: 2130706433, 0x7f.1, 0177.0.0.1.
  const url = `https://${isSix && !bare.startsWith('[') ? `[${bare}]` : bare}/`;
  if (!URL.canParse(url)) return 'malformed';
  const { hostname } = new URL(url);
  if (OWN_NAMES.some((name) => hostname === name || hostname.endsWith(`.${name}`))) {
    return 'own-machine';
  }
  return isOwnAddress(hostname) ? 'own-machine' : null;
}

/** The machine itself, its link, a metadata service, or no single machine at all. */
export function isOwnAddress(address: string): boolean {
  const four = fourOf(address);
  if (four !== null) return isOwnFour(four);
  const six = sixOf(address.replace(/^\[|\]$/g, ''));
  if (six === null) return false;
  const [first = 0, second = 0] = six;
  const inner = fourInside(six);
  return (
    (inner !== null && isOwnFour(inner)) ||
    // Unspecified and loopback.
    (six.slice(0, 7).every((group) => group === 0) && (six[7] ?? 0) <= 1) ||
    // Link-local, multicast.
    (first & 0xffc0) === 0xfe80 ||
    first >= 0xff00 ||
    // The metadata service of Amazon.
    (first === 0xfd00 && second === 0x0ec2)
  );
}

function isOwnFour([a = 0, b = 0, c = 0, d = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 127 ||
    (a === 169 && b === 254) ||
    // Multicast, reserved, broadcast.
    a >= 224 ||
    // Of Azure and of Alibaba.
    (a === 168 && b === 63 && c === 129 && d === 16) ||
    (a === 100 && b === 100 && c === 100 && d === 200)
  );
}

function fourOf(address: string): readonly number[] | null {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const numbers = parts.map(Number);
  return numbers.every((number) => number <= 255) ? numbers : null;
}

/** Eight groups; an IPv4 tail counts as two. */
function sixOf(address: string): readonly number[] | null {
  const bare = address.split('%')[0] ?? '';
  if (!bare.includes(':')) return null;
  const groupsOf = (text: string): number[] =>
    text === ''
      ? []
      : text.split(':').flatMap((group) => {
          const [a = 0, b = 0, c = 0, d = 0] = fourOf(group) ?? [];
          return group.includes('.') ? [a * 256 + b, c * 256 + d] : [Number.parseInt(group, 16)];
        });
  const [left = '', right] = bare.split('::');
  const head = groupsOf(left);
  const tail = right === undefined ? [] : groupsOf(right);
  const gap = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => 0);
  const groups = [...head, ...(right === undefined ? [] : gap), ...tail];
  return groups.length === 8 ? groups : null;
}

/** Written as IPv4 inside IPv6: mapped, compatible, translated by NAT64. */
function fourInside(six: readonly number[]): readonly number[] | null {
  const [a = 0, b = 0] = six.slice(6);
  const isMapped =
    six.slice(0, 5).every((group) => group === 0) && (six[5] === 0xffff || six[5] === 0);
  const isTranslated =
    six[0] === 0x64 && six[1] === 0xff9b && six.slice(2, 6).every((group) => group === 0);
  if (!isMapped && !isTranslated) return null;
  // `::` and `::1` are IPv6's own.
  return a === 0 && b <= 1 ? null : [a >> 8, a & 0xff, b >> 8, b & 0xff];
}

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
