import { describe, expect, it } from 'vitest';
import { hostTrouble, isOwnAddress } from '../../../services/probes/own-address.ts';

describe('a host that somebody types', () => {
  it.each([
    'mail.contoso.com',
    'mail.contoso.com.',
    'exchange01',
    'xn--bcher-kva.example',
    '10.0.0.5',
    '192.168.1.20',
    '172.16.4.4',
    '203.0.113.7',
    '2001:db8::25',
    '[2001:db8::25]',
    'fd12:3456::1',
  ])('%s may be a mail server', (host) => {
    expect(hostTrouble(host)).toBeNull();
  });

  it.each([
    'localhost',
    'LOCALHOST',
    'mail.localhost',
    'localhost.',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '0.0.0.0',
    '0',
    '169.254.169.254',
    '0xa9fea9fe',
    '168.63.129.16',
    '100.100.100.200',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '[::1]',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    'fe80::1',
    'ff02::1',
    'fd00:ec2::254',
    'metadata.google.internal',
  ])('%s is the engine’s own machine, its cloud’s or nobody’s', (host) => {
    expect(hostTrouble(host)).toBe('own-machine');
  });

  it.each([
    '',
    ' ',
    'mail contoso.com',
    'https://mail.contoso.com',
    'mail.contoso.com/x',
    'mail.contoso.com:993',
    'anna@mail.contoso.com',
    'mail.contoso.com?x',
    'mail\u0000.contoso.com',
    'a'.repeat(300),
    '[fe80::1%eth0]',
    '1.2.3.4.5.6.7.8.9.999999999999',
    '<at>x</at>',
  ])('%j is no host at all', (host) => {
    expect(hostTrouble(host)).toBe('malformed');
  });
});

describe('an address that a name leads to', () => {
  it.each([
    ['127.0.0.53', true],
    ['::ffff:169.254.169.254', true],
    ['fe80::1%2', true],
    ['10.1.2.3', false],
    ['2a01:111:f400::1', false],
    ['::2', true],
    ['64:ff9b::169.254.169.254', true],
    ['64:ff9b::10.1.2.3', false],
    ['::ffff:10.1.2.3', false],
    ['0:0:0:0:0:ffff:7f00:1', true],
    ['FE80::1', true],
    ['fd00:ec3::1', false],
    ['168.63.129.17', false],
    ['no address', false],
  ])('%s is one of the machine’s own: %s', (address, own) => {
    expect(isOwnAddress(address)).toBe(own);
  });
});
