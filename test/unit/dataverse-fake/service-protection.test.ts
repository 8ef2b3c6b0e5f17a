import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DOCUMENTED_LIMITS } from '../../support/dataverse/service-protection.ts';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

let world: DataverseWorld;
beforeEach(async () => {
  world = await startDataverseWorld();
});
afterEach(() => world.stop());

const limit = (lower: Partial<typeof DOCUMENTED_LIMITS>): void => {
  world.organization.protection.limits = { ...DOCUMENTED_LIMITS, ...lower };
};

describe('service protection', () => {
  it('says after every request what is left', async () => {
    await world.get('WhoAmI');
    const { headers } = await world.get('WhoAmI');
    expect(headers.get('x-ms-ratelimit-burst-remaining-xrm-requests')).toBe('5998');
    expect(headers.get('x-ms-ratelimit-time-remaining-xrm-requests')).toBe('1199.90');
  });

  it('turns away whom has asked too often, until the window has moved on', async () => {
    limit({ requests: 2 });
    await world.get('WhoAmI');
    await world.clock.advance(100_000);
    await world.get('WhoAmI');
    const { status, headers, error } = await world.get('WhoAmI');
    expect([status, headers.get('retry-after'), error]).toEqual([
      429,
      '200',
      {
        code: '0x80072322',
        message: 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
      },
    ]);
    await world.clock.advance(300_000);
    expect((await world.get('WhoAmI')).status).toBe(200);
  });

  it('counts each user alone', async () => {
    limit({ requests: 1 });
    await world.get('WhoAmI');
    expect((await world.get('WhoAmI')).status).toBe(429);
    expect((await world.ask('GET', 'WhoAmI', { as: world.application })).status).toBe(200);
  });

  it('turns away whom costs too much time', async () => {
    limit({ executionMs: 150, costMs: 100 });
    await world.get('WhoAmI');
    expect((await world.get('WhoAmI')).error.code).toBe('0x80072321');
  });

  it('turns away whom asks for too much at once', async () => {
    limit({ concurrent: 1 });
    world.organization.faults.add({ fault: { kind: 'slow', ms: 1_000 } });
    const slow = world.get('WhoAmI');
    await world.organization.whenSeen(1);
    const { status, error } = await world.get('WhoAmI');
    expect([status, error.code]).toEqual([429, '0x80072326']);
    await world.clock.advance(1_000);
    expect((await slow).status).toBe(200);
    expect((await world.get('WhoAmI')).status).toBe(200);
  });
});

describe('a scripted fault', () => {
  it.each([
    ['requests', '0x80072322'],
    ['execution-time', '0x80072321'],
    ['concurrency', '0x80072326'],
  ] as const)('answers 429 for %s so many times', async (which, code) => {
    const fault = { kind: 'too-many', limit: which, retryAfterSeconds: 7 } as const;
    world.organization.faults.add({ fault, times: 2 });
    for (const expected of [429, 429, 200]) {
      const { status, headers, error } = await world.get('WhoAmI');
      expect(status).toBe(expected);
      if (status === 429) expect([headers.get('retry-after'), error.code]).toEqual(['7', code]);
    }
  });

  it('is 503 without JSON', async () => {
    world.organization.faults.add({ fault: { kind: 'unavailable', retryAfterSeconds: 3 } });
    const { status, headers, text } = await world.get('WhoAmI');
    expect([status, headers.get('retry-after')]).toEqual([503, '3']);
    expect(text).toContain('Service Unavailable');
  });

  it('meets only the requests that it is for', async () => {
    const fault = { kind: 'unavailable' } as const;
    world.organization.faults.add({ fault, path: 'mailboxes', method: 'GET' });
    expect((await world.get('WhoAmI')).status).toBe(200);
    const path = `mailboxes(${world.mailbox.id})`;
    expect((await world.patch(path, { username: 'x' })).status).toBe(204);
    expect((await world.get(path)).status).toBe(503);
  });

  it('cuts the connection, before the work or after it', async () => {
    const path = `mailboxes(${world.mailbox.id})`;
    world.organization.faults.add({ fault: { kind: 'cut', after: 'nothing' } });
    await expect(world.patch(path, { username: 'a' })).rejects.toThrow();
    expect(world.now('username')).toBeNull();
    world.organization.faults.add({ fault: { kind: 'cut', after: 'the-work' } });
    await expect(world.patch(path, { username: 'b' })).rejects.toThrow();
    expect(world.now('username')).toBe('b');
  });

  it('can be taken back', async () => {
    world.organization.faults.add({ fault: { kind: 'unavailable' }, times: 9 });
    world.organization.faults.clear();
    expect((await world.get('WhoAmI')).status).toBe(200);
  });
});

describe('requests', () => {
  it('are kept for the test to look at, refused ones included', async () => {
    await world.get('mailboxes?$top=1');
    await world.ask('GET', 'WhoAmI', { token: 'forged' });
    expect(
      world.organization.seen.map(({ method, path, userId }) => [method, path, userId]),
    ).toEqual([
      ['GET', 'mailboxes', world.administrator.userId],
      ['GET', 'WhoAmI', undefined],
    ]);
    expect(world.organization.seen[0]?.search).toBe('?$top=1');
  });

  it('beside the Web API find nothing', async () => {
    const url = `${world.organization.url}/api/data/v9.9/WhoAmI`;
    expect((await world.get(url)).status).toBe(404);
  });
});
