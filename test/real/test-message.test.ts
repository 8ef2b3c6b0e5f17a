import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProbes, findMessage, type ProbeRequest } from '../../services/probes/index.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import { PASSWORD, type PrivateDovecot, startPrivateDovecot } from '../support/private-dovecot.ts';
import { type PrivatePostfix, startPrivatePostfix } from '../support/private-postfix.ts';
import { passwordOf, probeRequest, summaryOf } from '../support/probe-request.ts';

/** Sent through Postfix, delivered by LMTP, looked for in Dovecot. */
describe.skipIf(!canRunMailServers())('A test message with Postfix and Dovecot', () => {
  let dovecot: PrivateDovecot;
  let postfix: PrivatePostfix;
  const { probes } = createProbes();

  beforeAll(async () => {
    dovecot = await startPrivateDovecot();
    postfix = await startPrivatePostfix(dovecot);
  });
  afterAll(async () => {
    await postfix.stop();
    await dovecot.stop();
  });

  function requestFor(
    protocol: 'imap' | 'pop3' | 'smtp',
    rest: Partial<ProbeRequest> = {},
  ): ProbeRequest {
    const port = {
      imap: dovecot.ports.imaps,
      pop3: dovecot.ports.pop3s,
      smtp: postfix.ports.smtps,
    }[protocol];
    return probeRequest(
      { protocol, host: 'localhost', port, tls: 'implicit' },
      passwordOf(PASSWORD, 'alice@example.test'),
      { certificateAuthorities: [dovecot.certificates.authority], deadlineMs: 30_000, ...rest },
    );
  }

  it.each(['imap', 'pop3'] as const)('is found by %s once it is delivered', async (protocol) => {
    const probe = probes[protocol];
    if (probe === undefined) throw new TypeError(`no probe for ${protocol}`);
    const before = await probe.run(requestFor(protocol));
    if (before.outcome !== 'passed') throw new TypeError(summaryOf(before));
    const messageId = `<real-${protocol}@example.test>`;
    const testMessage = { messageId, subject: 'Prov', text: 'Hej' };
    const sent = await probes.smtp?.run(requestFor('smtp', { direction: 'outgoing', testMessage }));
    expect(sent && summaryOf(sent)).toBe('passed');
    const wanted = {
      messageId,
      lastSeenUid: before.lastSeenUid,
      sentAtMs: performance.now(),
    };
    expect(await findMessage(probe, requestFor(protocol), wanted)).toMatchObject({
      kind: 'found',
    });
    const nowhere = { ...wanted, messageId: '<never-sent@example.test>' };
    const soon = requestFor(protocol, { deadlineMs: 900 });
    expect(await findMessage(probe, soon, nowhere)).toEqual({ kind: 'not-seen-yet' });
  });
});
