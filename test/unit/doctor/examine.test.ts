import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../services/observability/index.ts';
import {
  BOT,
  CLIENT,
  type DoctorWorld,
  READER,
  SECRET,
  startDoctorWorld,
} from '../../support/doctor-world.ts';

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
    world.organization.setChangeTracking('emailserverprofile', true);
    const connection = async () => ({ exchange: { uri: `api://botid-${BOT}` } });
    const { all } = await world.examine({ oauthConnection: 'dynamics', connection });
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
    expect(found.en).toMatch(
      /^prvReadMailboxStatistics is missing .*performance cards have no hours/,
    );
  });

  it('does not blame what only depends on a failure', async () => {
    world.reader(without('prvReadMailbox'));
    const { of } = await world.examine();
    expect(of('table.mailbox').outcome).toBe('failed');
    expect(of('change-tracking.mailbox')).toMatchObject({
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
    world.refuseTokens(CLIENT, 401, answer);
    const { all, of } = await world.examine();
    const { outcome, next } = of('token');
    expect(outcome).toBe('failed');
    expect(next?.en).toContain('The secret has expired');
    const later = all.slice(all.findIndex(({ id }) => id === 'token') + 1);
    const unchecked = later.filter((each) => each.outcome === 'not-checked');
    expect(unchecked.map(({ id }) => id)).toEqual(
      later
        .map((each) => each.id)
        .filter((id) => !['graph', 'bot', 'oauth-connection'].includes(id)),
    );
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

  it('tells the bot’s own secret from that of the reader', async () => {
    world.refuseTokens(BOT, 400, { error: 'unauthorized_client', error_codes: [700016] });
    const { of } = await world.examine();
    expect(of('token').outcome).toBe('ok');
    expect(of('bot').outcome).toBe('failed');
    expect(of('bot').next?.en).toMatch(/^No application MicrosoftAppId in this tenant/);
    expect(of('oauth-connection').outcome).toBe('not-checked');
  });

  it('warns where people cannot sign in, or not silently', async () => {
    expect((await world.examine()).of('oauth-connection').found.en).toContain('nobody can approve');
    const oauthConnection = 'dynamics';
    const page = await world.examine({ oauthConnection, connection: async () => ({}) });
    expect(page.of('oauth-connection').next?.en).toContain(
      `Token Exchange URL: api://botid-${BOT}`,
    );
    const unknown = await world.examine({
      oauthConnection,
      connection: () => Promise.reject(new AppError('sign-in-unavailable', 'HTTP 404')),
    });
    expect(unknown.of('oauth-connection').outcome).toBe('failed');
  });

  it('names nobody and no secret', async () => {
    world.reader(without('prvReadMailbox', 'prvReadQueue'));
    const told = JSON.stringify((await world.examine()).all);
    for (const word of [SECRET, 'Berit', 'contoso.com', 'Bearer', 'token-']) {
      expect(told).not.toContain(word);
    }
  });
});
