import { describe, expect, it } from 'vitest';
import { sightViews, verdictsOf, verdictsOfTest } from '../../../../bot/present/sight-views.ts';
import type { SeenServer, ServerSight } from '../../../../services/domain/server-sight.ts';
import type { TestRun } from '../../../../services/domain/test-run.ts';
import type { SyncEngine } from '../../../../services/sync-engine/index.ts';
import { createBotWorld } from '../../../support/bot-world.ts';
import { sightOf } from '../../../support/card-scenes-of-sights.ts';
import { readMailbox } from '../../../support/read-mailbox.ts';

const { services } = await createBotWorld();

const server = (
  directions: SeenServer['directions'],
  changes: Partial<ServerSight> = {},
): SeenServer => ({ directions, sight: sightOf('mail.example.com', changes) });

async function viewsOf(seen: readonly SeenServer[], mailbox = readMailbox()) {
  const engine: SyncEngine = { ...services.engine, sights: async () => seen };
  return sightViews({ ...services, engine }, mailbox, verdictsOf(mailbox));
}

describe('beside the verdict of Dynamics 365', () => {
  const failing = readMailbox({ outgoing: 'disabled', reason: 'credentials-rejected' });

  it('stands what was seen of the servers by which something fails', async () => {
    const views = await viewsOf([server(['incoming']), server(['outgoing', 'act'])], failing);
    expect(views).toMatchObject([
      { directions: ['outgoing', 'act'], verdict: 'credentials-rejected' },
    ]);
  });

  it('of a mailbox that works stands only what is wrong about its servers', async () => {
    const wrong = { outcome: 'wrong', reason: 'certificate-expired' } as const;
    expect(await viewsOf([server(['incoming']), server(['outgoing'], wrong)])).toMatchObject([
      { verdict: null, sight: wrong },
    ]);
    expect(await viewsOf([server(['incoming'], { outcome: 'unreached' })])).toEqual([]);
  });

  it('stand two servers at most, what is wrong first, and one that is well once', async () => {
    const all = ['incoming', 'outgoing', 'act'] as const;
    const well = await viewsOf([server(all), server(all)], failing);
    expect(well).toHaveLength(1);
    const outcomes = ['well', 'not-looked', 'unreached', 'wrong'] as const;
    const views = await viewsOf(
      outcomes.map((outcome) => server(all, { outcome })),
      failing,
    );
    expect(views.map(({ sight }) => sight.outcome)).toEqual(['wrong', 'unreached']);
    expect(views[0]?.directions[0]).toBe('outgoing');
  });

  it('is the reason of a direction that a test found failing, known or not', () => {
    const failed = { outcome: 'failed', protocol: null, stages: [], failure: null } as const;
    const passed = { outcome: 'passed', protocol: null, stages: [] } as const;
    const results = { incoming: failed, outgoing: passed, act: passed };
    expect(verdictsOfTest({ results } as unknown as TestRun)).toEqual({ incoming: 'unknown' });
  });

  it('is none of an inactive mailbox, whatever its directions say', () => {
    expect(verdictsOf(readMailbox({ incoming: 'disabled', active: false }))).toEqual({});
  });
});
