import { afterEach, describe, expect, it } from 'vitest';
import { createProbes } from '../../../services/probes/index.ts';
import { type ByteServer, startByteServer } from '../../support/byte-server.ts';
import { passwordOf, probeRequest, summaryOf } from '../../support/probe-request.ts';

const { probes } = createProbes();
let server: ByteServer;
afterEach(() => server.stop());

describe('a host that was named on a card and leads to the machine itself', () => {
  it.each(['imap', 'pop3', 'smtp'] as const)(
    'is not connected to (%s), also where only its name is innocent',
    async (protocol) => {
      server = await startByteServer({ conversation: () => ({ answer: () => 'HANG UP' }) });
      const endpoint = { protocol, host: 'localhost', port: server.port, tls: 'starttls' } as const;
      const request = probeRequest(endpoint, passwordOf('sesame-open'), {
        onlyOtherMachines: true,
      });
      const outcome = await probes[protocol]!.run(request);
      expect(summaryOf(outcome)).toMatch(/^failed resolve host-not-found permanent profile/);
      expect(server.connections).toBe(0);
    },
  );
});
