import { BlockList, isIP } from 'node:net';
import type { HostTrouble } from '../domain/server-address.ts';

const LONGEST_HOST = 253;
/** A name or an IPv4 address; an IPv6 address, in brackets or without. */
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/;
const SIXES = /^\[?[0-9A-Fa-f:.]+\]?$/;

/** Names that mean the machine itself, or what a cloud tells only the machine itself. */
const OWN_NAMES = ['localhost', 'metadata.google.internal'];

const OWN_FOURS: readonly (readonly [network: string, prefix: number])[] = [
  // This network, loopback, link-local with the metadata service of most clouds.
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  // Multicast, reserved, broadcast.
  ['224.0.0.0', 3],
  // The metadata services of Azure and of Alibaba.
  ['168.63.129.16', 32],
  ['100.100.100.200', 32],
];
const OWN_SIXES: readonly (readonly [network: string, prefix: number])[] = [
  ['::', 127],
  // Link-local, multicast, the metadata service of Amazon.
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
];
/** IPv4 within IPv6, 96 bits before it: compatible, and translated by NAT64. A list knows mapped ones. */
const BEFORE_FOUR = ['::', '64:ff9b::'];
const BITS_BEFORE_FOUR = 96;

/** Of networks that are nobody's but their owner's, that of a provider among its customers included. */
const PRIVATE_FOURS: readonly (readonly [network: string, prefix: number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['192.0.0.0', 24],
  ['198.18.0.0', 15],
];
const PRIVATE_SIXES: readonly (readonly [network: string, prefix: number])[] = [
  ['fc00::', 7],
  // Formerly site-local; a NAT64 of its own, which may lead to any IPv4 address; 6to4, which holds one.
  ['fec0::', 10],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
];

const OWN = listOf(OWN_FOURS, OWN_SIXES);
const PRIVATE = listOf(PRIVATE_FOURS, PRIVATE_SIXES);

function listOf(fours: typeof OWN_FOURS, sixes: typeof OWN_SIXES): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of sixes) list.addSubnet(network, prefix, 'ipv6');
  for (const [network, prefix] of fours) {
    list.addSubnet(network, prefix, 'ipv4');
    for (const before of BEFORE_FOUR) {
      list.addSubnet(`${before}${network}`, BITS_BEFORE_FOUR + prefix, 'ipv6');
    }
  }
  return list;
}

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
  return isOn(OWN, address);
}

/** Of an internal network: who names a server there in a cloud service may not have been meant to reach it. */
function isPrivateAddress(address: string): boolean {
  return isOn(PRIVATE, address);
}

/** Whether this machine calls an address that somebody else's settings lead it to. */
export function mayBeCalled(address: string, networks: 'public' | 'internal'): boolean {
  return !isOwnAddress(address) && (networks === 'internal' || !isPrivateAddress(address));
}

function isOn(list: BlockList, address: string): boolean {
  // A zone says by which link, and the list takes none.
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && list.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}
