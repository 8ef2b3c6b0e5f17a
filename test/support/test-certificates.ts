import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A private key and its certificate in PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export const CERTIFICATE_KINDS = [
  'good',
  'expired',
  'expires-soon',
  'wrong-host',
  'self-signed',
] as const;
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];

/** A certificate authority of this run's own, and what it issued. */
export interface TestCertificates {
  readonly authority: string;
  readonly leaf: Readonly<Record<CertificateKind, KeyPair>>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const LONG_AGO = new Date('2020-01-01T00:00:00Z');
const EXPIRED_ON = new Date('2021-01-01T00:00:00Z');
/** Of validity that `expires-soon` has left when it is made. */
export const DAYS_LEFT = 20;
const FAR_AWAY = new Date('2049-12-31T00:00:00Z');

/** Made at run time, so that no key is in the repository. Leaves are for localhost and 127.0.0.0/29. */
export async function createTestCertificates(): Promise<TestCertificates> {
  const authorityKeys = await newKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Mailbox Medic test authority',
    notBefore: LONG_AGO,
    notAfter: FAR_AWAY,
    signingAlgorithm: ALGORITHM,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
    ],
  });

  async function issue(serialNumber: string, host: string, notAfter: Date): Promise<KeyPair> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber,
      subject: `CN=${host}`,
      issuer: authority.subject,
      notBefore: LONG_AGO,
      notAfter,
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      extensions: [namesOf(host)],
    });
    return { key: await pemOf(keys), cert: certificate.toString('pem') };
  }
  async function selfSigned(): Promise<KeyPair> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: '09',
      name: 'CN=localhost',
      notBefore: LONG_AGO,
      notAfter: FAR_AWAY,
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [namesOf('localhost')],
    });
    return { key: await pemOf(keys), cert: certificate.toString('pem') };
  }

  return {
    authority: authority.toString('pem'),
    leaf: {
      good: await issue('02', 'localhost', FAR_AWAY),
      expired: await issue('03', 'localhost', EXPIRED_ON),
      'expires-soon': await issue('05', 'localhost', inDays(DAYS_LEFT)),
      'wrong-host': await issue('04', 'other.test', FAR_AWAY),
      'self-signed': await selfSigned(),
    },
  };
}

function inDays(days: number): Date {
  return new Date(performance.timeOrigin + performance.now() + days * 86_400_000);
}

function namesOf(host: string): x509.SubjectAlternativeNameExtension {
  const addresses =
    host === 'localhost'
      ? ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.7', '::1']
      : [];
  return new x509.SubjectAlternativeNameExtension([
    { type: 'dns', value: host },
    ...addresses.map((value) => ({ type: 'ip' as const, value })),
  ]);
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pemOf({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return x509.PemConverter.encode(der, 'PRIVATE KEY');
}
