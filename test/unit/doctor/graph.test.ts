import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../../services/config/index.ts';
import { COMMERCIAL_CLOUD } from '../../../services/domain/dataverse-address.ts';
import { secretOf } from '../../../services/observability/index.ts';
import { CLIENT, type DoctorWorld, startDoctorWorld } from '../../support/doctor-world.ts';

const directory: Config['directory'] = {
  kind: 'graph',
  application: {
    tenantId: '99999999-8888-4777-8666-555555555555',
    clientId: CLIENT,
    credential: { kind: 'secret', secret: secretOf('secret') },
  },
  ...{ cloud: COMMERCIAL_CLOUD },
};
const ALL = [
  'User.Read.All',
  'RoleManagement.Read.Directory',
  'GroupMember.Read.All',
  'ServiceHealth.Read.All',
];

let world: DoctorWorld;
beforeEach(async () => {
  world = await startDoctorWorld();
});
afterEach(() => world.stop());

const found = async (...permissions: string[]) => {
  world.consentTo(permissions);
  return (await world.examine({ directory })).of('graph');
};

describe('permissions of Microsoft Graph', () => {
  it('are right where all of the least are given, or wider ones', async () => {
    expect((await found(...ALL)).outcome).toBe('ok');
    expect((await found('Directory.Read.All', 'ServiceHealth.Read.All')).outcome).toBe('ok');
  });

  it('are named where they are missing, since nobody may approve then', async () => {
    const { outcome, found: said, next } = await found('User.Read.All');
    expect(outcome).toBe('failed');
    expect(said.en).toContain('RoleManagement.Read.Directory, GroupMember.Read.All');
    expect(next?.sv).toContain('Grant admin consent');
  });

  it('are warned of where they are more than reading, or leave service health out', async () => {
    const wide = await found(...ALL, 'User.ReadWrite.All');
    expect(wide.found.en).toBe('It may do more than read: User.ReadWrite.All.');
    const { outcome, found: said } = await found(...ALL.slice(0, 3));
    expect([outcome, said.en.split(' ')[0]]).toEqual(['warning', 'ServiceHealth.Read.All']);
  });

  it('are only those of service health where a file says who people are', async () => {
    expect((await world.examine()).of('graph').outcome).toBe('ok');
  });
});
