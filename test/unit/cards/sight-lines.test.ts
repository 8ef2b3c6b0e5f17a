import { describe, expect, it } from 'vitest';
import { sightLines, sightLinesOf, verdictLines } from '../../../cards/parts/sight-lines.ts';
import type { FailureReason } from '../../../services/domain/failure.ts';
import { FAILURE_REASONS } from '../../../services/domain/failure.ts';
import type { ServerSight } from '../../../services/domain/server-sight.ts';
import { textsOf } from '../../support/bot-world.ts';
import { sightOf } from '../../support/card-scenes-of-sights.ts';
import { cardWorld } from '../../support/card-world.ts';

const { translators } = await cardWorld();
const t = translators.en;

function line(changes: Partial<ServerSight>, verdict: FailureReason | null = 'timeout'): string {
  const sight = sightOf('pop.example.com', changes);
  return textsOf(sightLines([{ directions: ['incoming'], sight, verdict }], t));
}

describe('what the bot itself saw of a server', () => {
  it('says that the certificate has expired although Dynamics 365 says 401', () => {
    const said = line(
      {
        outcome: 'wrong',
        reason: 'certificate-expired',
        certificateEndsAt: '2026-11-22T10:00:00.000Z',
      },
      'credentials-rejected',
    );
    expect(said).toContain('We reached pop.example.com:993. Its certificate expired on');
    expect(said).toContain('22 Nov 2026');
  });

  it('stands beside what Dynamics 365 says, which is said once', () => {
    const view = (verdict: FailureReason | null) => {
      const sight = sightOf('pop.example.com');
      return { directions: ['incoming'] as const, sight, verdict };
    };
    const said = (...verdicts: readonly (FailureReason | null)[]): string =>
      textsOf(verdictLines(verdicts.map(view), t)).replaceAll('\\', '');
    const rejected = "Dynamics 365 says**: The server didn't accept the user name and password.";
    expect(said('credentials-rejected', 'credentials-rejected').split('Dynamics')).toHaveLength(2);
    expect(said('credentials-rejected', null)).toContain(rejected);
    expect(said(null, 'unknown')).not.toContain('Dynamics');
  });

  it('says of a certificate of tomorrow that it is early, and not that it has expired', () => {
    const said = line({
      outcome: 'wrong',
      reason: 'certificate-expired',
      certificateEndsAt: '2030-01-01T00:00:00.000Z',
    });
    expect(said).toContain("isn't valid yet");
    expect(said).not.toContain('expired');
  });

  it('draws a conclusion from a server that is well, by what Dynamics 365 says', () => {
    expect(line({}, 'timeout')).toContain('lies between Dynamics 365 and the server');
    expect(line({}, 'credentials-rejected')).toContain('look at the sign-in');
    expect(line({}, 'not-approved')).not.toContain('So the');
    expect(line({}, null)).not.toContain('So the');
  });

  it('admits that it may be the bot’s own network', () => {
    const said = line({ outcome: 'unreached', reason: 'timeout' });
    expect(said).toContain("couldn't reach pop.example.com:993 from here");
    expect(said).toContain("That may be the bot's own network.");
  });

  it('says how one would sign in, and that a server offers no way', () => {
    expect(line({})).toContain('It offers to sign in with PLAIN and XOAUTH2.');
    expect(line({ signIn: [] })).toContain('no way to sign in');
    const graph = {
      protocol: 'graph',
      host: 'graph.microsoft.com',
      port: 443,
      tls: 'implicit',
    } as const;
    expect(line({ signIn: [], endpoint: graph })).not.toContain('sign in');
  });

  it.each(FAILURE_REASONS)(
    'speaks of the server and not of Dynamics 365 or a mailbox (%s)',
    (reason) => {
      const couldBeSeen = /certificate|tls-|host|connection|timeout|protocol|server-|location/.test(
        reason,
      );
      if (!couldBeSeen) return;
      expect(line({ outcome: 'wrong', reason })).not.toMatch(/Dynamics|mailbox's/);
    },
  );

  it('stands with the first direction that fails by the server', () => {
    const sight = sightOf('mail.example.com');
    const views = [{ directions: ['incoming', 'outgoing'], sight, verdict: 'timeout' }] as const;
    expect(sightLinesOf(views, 'incoming', t)).toHaveLength(1);
    expect(sightLinesOf(views, 'outgoing', t)).toHaveLength(0);
  });
});
