import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../services/domain/failure.ts';
import { classify } from '../../../services/probes/classify/classify.ts';
import { symptomOf } from '../../../services/probes/classify/symptom.ts';
import { Pop3Refusal } from '../../../services/probes/pop3-client.ts';
import measured from './measured-errors.json' with { type: 'json' };

type Protocol = 'imap' | 'pop3' | 'smtp';
interface Measured {
  readonly id: string;
  readonly protocol: Protocol;
  readonly scenario: string;
  readonly error: Readonly<Record<string, unknown>>;
}

/** Errors that nodemailer, imapflow and a POP3 client threw at real servers (reference/mail-probe.md §2). */
const MEASURED = (measured as [string, Protocol, string, Measured['error']][]).map(
  ([id, protocol, scenario, error]): Measured => ({ id, protocol, scenario, error }),
);

/** Stage of the session, and the verdict; one for all protocols, or one for each that differs. */
type Expected = readonly [stage: Stage, all: string, but?: Partial<Record<Protocol, string>>];

const REJECTED = 'credentials-rejected permanent mailbox';
const UNSURE = `${REJECTED} confirm`;

// biome-ignore format: a table is read line by line
const EXPECTED: Readonly<Record<string, Expected>> = {
  '01': ['authenticate', REJECTED, { smtp: UNSURE }],
  '02': ['authenticate', REJECTED, { smtp: UNSURE }],
  '03': ['authenticate', 'account-disabled permanent mailbox'],
  '04': ['authenticate', REJECTED, { smtp: UNSURE }],
  '05': ['authenticate', 'server-unavailable transient profile', { smtp: UNSURE }],
  '06': ['authorise', 'mailbox-store-broken transient mailbox'],
  '10': ['connect', 'connection-refused transient profile'],
  '11': ['connect', 'timeout transient profile'],
  '12': ['greeting', 'timeout transient profile'],
  '13': ['tls', 'timeout transient profile'],
  '14': ['resolve', 'host-not-found permanent profile confirm'],
  '20': ['tls', 'certificate-untrusted permanent profile'],
  '21': ['tls', 'certificate-untrusted permanent profile'],
  '22': ['tls', 'certificate-expired permanent profile'],
  '23': ['tls', 'certificate-wrong-host permanent profile'],
  '24': ['tls', 'wrong-protocol permanent profile'],
  '25': ['greeting', 'timeout transient profile'],
  '26': ['tls', 'tls-unavailable permanent profile'],
  '27': ['tls', 'certificate-wrong-host permanent profile'],
  '29': ['authenticate', 'tls-required permanent profile'],
  '2a': ['tls', 'tls-version permanent profile'],
  '2b': ['greeting', 'unsupported-configuration permanent profile'],
  '30': ['greeting', 'connection-lost transient profile'],
  '31': ['connect', 'connection-lost transient profile'],
  '32': ['authenticate', 'connection-lost transient profile'],
  '33': ['authenticate', 'connection-lost transient profile'],
  '34': ['authenticate', 'connection-lost transient profile'],
  // POP3 locks at sign-in: who is silent there may be waiting for another session of the mailbox.
  '35': ['authenticate', 'timeout transient profile', { pop3: 'timeout transient mailbox' }],
  '36': ['exchange', 'timeout transient profile', { imap: 'connection-lost transient profile' }],
  '40': ['greeting', 'server-busy transient profile'],
  '41': ['greeting', 'server-refused permanent profile', { imap: 'server-refused transient profile' }],
  '42': ['greeting', 'wrong-protocol permanent profile', { imap: 'connection-lost transient profile' }],
  '50': ['authenticate', REJECTED, { smtp: 'authentication-disabled permanent mailbox' }],
  '51': ['authenticate', REJECTED],
  '52': ['authenticate', 'server-unavailable transient profile'],
  '53': ['authenticate', 'server-busy transient mailbox', { pop3: 'server-unavailable transient profile' }],
  '54': ['authenticate', 'server-busy transient mailbox', { pop3: 'mailbox-locked transient mailbox' }],
  '55': ['authenticate', 'password-expired permanent mailbox'],
  '60': ['authenticate', 'timeout transient mailbox'],
  '60b': ['authenticate', 'mailbox-locked transient mailbox'],
  '61': ['authenticate', 'server-busy transient mailbox'],
  '61b': ['authenticate', 'server-busy transient mailbox'],
  '63': ['exchange', 'quota-exceeded permanent mailbox'],
  '65': ['authorise', 'mailbox-not-found permanent mailbox'],
  '66': ['authorise', 'recipient-rejected transient mailbox'],
  '67': ['authorise', 'recipient-rejected permanent mailbox'],
  '68': ['authorise', 'recipient-rejected permanent mailbox'],
  '69': ['exchange', 'message-too-large permanent mailbox'],
  '6b': ['authorise', 'folder-missing permanent mailbox'],
  '6c': ['exchange', 'connection-lost transient profile'],
  '6d': ['exchange', 'connection-lost transient profile'],
};

describe('what real servers made the client libraries throw', () => {
  it.each(MEASURED.map((row) => [`${row.id} ${row.scenario}`, row.protocol, row] as const))(
    '%s (%s)',
    (_name, protocol, { id, error }) => {
      const [stage, all, but] = EXPECTED[id] ?? [];
      expect(stage, `row ${id} of the reference is not expected`).toBeDefined();
      const place = { protocol, stage: stage!, purpose: 'test', tls: 'implicit', port: 0 } as const;
      const { reason, nature, scope, needsConfirmation } = classify(
        symptomOf(place, thrown(protocol, error)),
      );
      const verdict = [reason, nature, scope, ...(needsConfirmation ? ['confirm'] : [])].join(' ');
      expect(verdict).toBe(but?.[protocol] ?? all);
    },
  );

  it('is expected for every row, and nothing is expected that was not measured', () => {
    const ids = new Set(MEASURED.map(({ id }) => id));
    expect(Object.keys(EXPECTED).toSorted()).toEqual([...ids].toSorted());
  });
});

/** The POP3 client of the measurement had its own way to say `-ERR`; ours has another. */
function thrown(protocol: Protocol, error: Measured['error']): object {
  const { response } = error;
  return protocol === 'pop3' && typeof response === 'string' && response.startsWith('-ERR')
    ? new Pop3Refusal(response)
    : error;
}
