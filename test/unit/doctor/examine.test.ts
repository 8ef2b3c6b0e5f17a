import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DoctorWorld, READER, SECRET, startDoctorWorld } from '../../support/doctor-world.ts';

let world: DoctorWorld;
beforeEach(async () => {
  world = await startDoctorWorld();
});
afterEach(() => world.stop());

const without = (...missing: string[]): string[] =>
  READER.filter((name) => !missing.includes(name));

describe('an examination of an organization', () => {
  it('finds nothing wrong with the role that the bot brings along', async () => {
    world.organization.setChangeTracking('mailbox', true);
    const { all } = await world.examine();
    expect(all.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(all.length).toBeGreaterThan(15);
  });

  it('asks for rows and changes nothing', async () => {
    await world.examine();
    expect(new Set(world.organization.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('names the privilege that is missing, and where to give it', async () => {
    world.reader(without('prvReadTraceLog'));
    const { of } = await world.examine();
    const { outcome, found, next } = of('table.tracelog');
    expect(outcome).toBe('failed');
    expect(found.sv).toContain('prvReadTraceLog saknas');
    expect(next?.en).toMatch(/Security roles.*prvReadTraceLog.*set Read to Organization/);
    expect(of('table.mailbox').outcome).toBe('ok');
  });

  it('only warns of what cards can do without, and says what they will not say', async () => {
    world.reader(without('prvReadMailboxStatistics'));
    const { outcome, found } = (await world.examine()).of('table.mailboxstatistics');
    expect(outcome).toBe('warning');
    expect(found.en).toMatch(/^prvReadMailboxStatistics is missing .*the dashboard has no hours/);
  });

  it('does not blame what only depends on a failure', async () => {
    world.reader(without('prvReadMailbox'));
    const { of } = await world.examine();
    expect(of('table.mailbox').outcome).toBe('failed');
    expect(of('change-tracking')).toMatchObject({
      outcome: 'not-checked',
      found: { en: 'Not checked, because of: Table mailbox.' },
    });
  });

  it('tells of an application that is no user, has no role, or is disabled', async () => {
    world.reader([]);
    const roleless = world.organization.addCaller({ name: '#', kind: 'application' });
    expect((await world.examine()).of('table.mailbox').outcome).toBe('failed');
    world.speakAs(roleless);
    expect((await world.examine()).of('organization').found.en).toContain('has no security role');
    world.organization.change('systemuser', roleless.userId, { isdisabled: true });
    expect((await world.examine()).of('organization').found.en).toContain('is disabled');
    world.organization.remove('systemuser', roleless.userId);
    const { outcome, found, next } = (await world.examine()).of('organization');
    expect([outcome, found.en]).toEqual([
      'failed',
      'The application is no user of this organization (403 0x80072560).',
    ]);
    expect(next?.en).toContain('New app user');
  });

  it('says which secret of Entra has ended, and checks nothing that wants a token', async () => {
    const answer = { error: 'invalid_client', error_codes: [7000222] };
    world.refuseTokens(401, answer);
    const { all, of } = await world.examine();
    const { outcome, next } = of('token');
    expect(outcome).toBe('failed');
    expect(next?.en).toContain('The secret has expired');
    const later = all.slice(all.findIndex(({ id }) => id === 'token') + 1);
    expect(new Set(later.map(({ outcome }) => outcome))).toEqual(new Set(['not-checked']));
    expect(world.organization.seen).toEqual([]);
  });

  it('warns of an application user that may do more than read', async () => {
    world.reader([...READER, 'prvWriteMailbox', 'prvDeleteUser']);
    const { outcome, found } = (await world.examine()).of('least-privilege');
    expect(outcome).toBe('warning');
    expect(found.en).toContain('2 privileges, prvWriteMailbox, prvDeleteUser among them');
  });

  it('tells how far the clocks differ', async () => {
    world.organization.setSkew(0);
    expect((await world.examine()).of('clock').outcome).toBe('ok');
    world.organization.setSkew(120_000);
    expect((await world.examine()).of('clock').outcome).toBe('warning');
    world.organization.setSkew(-600_000);
    const { outcome, found } = (await world.examine()).of('clock');
    expect([outcome, found.en]).toEqual([
      'failed',
      'This machine and Dynamics 365 differ by 600 s.',
    ]);
  });

  it('names nobody and no secret', async () => {
    world.reader(without('prvReadMailbox', 'prvReadQueue'));
    const told = JSON.stringify((await world.examine()).all);
    for (const word of [SECRET, 'Berit', 'contoso.com', 'Bearer', 'token-']) {
      expect(told).not.toContain(word);
    }
  });
});
