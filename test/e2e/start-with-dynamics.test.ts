import { describe, expect, it } from 'vitest';
import { ANNA } from './support/activities.ts';
import {
  type DynamicsCloud,
  openDynamicsCloud,
  openDynamicsWorld,
} from './support/dynamics-world.ts';
import { productionEnvironment, runToEnd } from './support/program.ts';

const run = ({ cloud, settings }: DynamicsCloud, changes: Record<string, string> = {}) =>
  runToEnd(productionEnvironment({ ...settings, LOOPBACK_CLOUD: cloud.url, ...changes }));

describe('a bot of Dynamics 365', () => {
  it('starts, and answers from its organization', async (context) => {
    const world = await openDynamicsWorld(context);
    expect((await fetch(`${world.program.url}/readyz`)).status).toBe(200);
    const [shown] = await world.say(ANNA, 'status Erik Ek');
    expect(shown?.says).toContain('✅ Working');
  });

  it('starts while Dynamics 365 is away, is not ready until it answers, and says so to people', async (context) => {
    const world = await openDynamicsWorld(context, { away: true });
    expect((await fetch(`${world.program.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${world.program.url}/readyz`)).status).toBe(503);
    const [away] = await world.say(ANNA, 'status Erik Ek');
    expect(away?.says).toContain('Dynamics 365');
    expect(away?.says).not.toContain('✅ Working');
    world.organization.faults.clear();
    const [back] = await world.say(ANNA, 'status Erik Ek');
    expect(back?.says).toContain('✅ Working');
    expect((await fetch(`${world.program.url}/readyz`)).status).toBe(200);
  });

  it('does not start with a secret that Microsoft Entra refuses, and prints its code and no secret', async (context) => {
    const dynamics = await openDynamicsCloud(context);
    const secret = 'a secret of last year';
    const { code, output } = await run(dynamics, { DATAVERSE_CLIENT_SECRET: secret });
    expect(code).toBe(1);
    expect(output).toContain('AADSTS7000215');
    expect(output).toContain('check DATAVERSE_CLIENT_ID');
    expect(output).not.toContain('listening');
    expect(output).not.toContain(secret);
  });

  it('does not start as a user whom the organization has disabled', async (context) => {
    const dynamics = await openDynamicsCloud(context);
    const { organization, application } = dynamics;
    organization.change('systemuser', application.userId, { isdisabled: true });
    const { code, output } = await run(dynamics);
    expect(code).toBe(1);
    expect(output).toContain('dynamics-not-permitted');
    expect(output).toContain('application user');
  });
});
