import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNA, activityFrom, messageFrom, post } from './support/activities.ts';
import { type LoopbackCloud, startLoopbackCloud } from './support/loopback-cloud.ts';
import { type Program, startProgram } from './support/program.ts';

const HOUR = 3600;

describe('the built program, in stock production settings', () => {
  let cloud: LoopbackCloud;
  let program: Program;

  beforeAll(async () => {
    cloud = await startLoopbackCloud();
    program = await startProgram(cloud);
  }, 60_000);

  afterAll(async () => {
    await program.stop();
    await cloud.stop();
  });

  const help = (): Record<string, unknown> => messageFrom(ANNA, 'help');

  it('answers a message whose token the channel signed, with its own token', async () => {
    const before = cloud.sent.length;
    expect((await post(program.url, help(), await cloud.token())).status).toBe(200);
    const answer = await cloud.next(
      (one) => cloud.sent.indexOf(one) >= before && one.body.type === 'message',
    );
    expect(answer.authorization).toBe('Bearer bot-token');
  });

  it('accepts a token that ended two minutes ago, within the tolerance', async () => {
    const token = await cloud.token({ expiresIn: -120 });
    expect((await post(program.url, help(), token)).status).toBe(200);
  });

  const refused: readonly (readonly [string, () => Promise<string | null>])[] = [
    ['no token', async () => null],
    ['an empty token', async () => 'Bearer '],
    ['another scheme', async () => 'Basic YTpi'],
    ['no JWT', async () => 'Bearer abc'],
    ['a token that ended an hour ago', () => cloud.token({ expiresIn: -HOUR })],
    ['a token that is not valid yet', () => cloud.token({ notBefore: HOUR, expiresIn: 2 * HOUR })],
    [
      'a token for another bot',
      () => cloud.token({ audience: '22222222-2222-4333-8444-555555555555' }),
    ],
    ['a token of another issuer', () => cloud.token({ issuer: 'https://issuer.example' })],
    ['a token for another service', () => cloud.token({ serviceUrl: 'https://evil.example/' })],
    ['a forged token', () => cloud.forgedToken()],
    [
      'an unsigned token',
      async () => {
        const [, claims] = (await cloud.token()).split('.');
        const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
        return `${header}.${claims ?? ''}.`;
      },
    ],
  ];

  it.each(refused)(
    'refuses %s with 401 and an empty body, and says nothing to anybody',
    async (_, token) => {
      const before = cloud.sent.length;
      expect(await post(program.url, help(), await token())).toEqual({ status: 401, body: '' });
      expect(cloud.sent.length).toBe(before);
    },
  );

  it('refuses people of another tenant with 403 and an empty body', async () => {
    const before = cloud.sent.length;
    const foreign = activityFrom(
      ANNA,
      { type: 'message', text: 'help' },
      '12121212-8888-4777-8666-555555555555',
    );
    expect(await post(program.url, foreign, await cloud.token())).toEqual({
      status: 403,
      body: '',
    });
    expect(cloud.sent.length).toBe(before);
  });

  it('refuses a body that is no JSON with 400 and one that is too large with 413, both empty', async () => {
    const token = await cloud.token();
    expect(await post(program.url, '{"type":', token)).toEqual({ status: 400, body: '' });
    expect(await post(program.url, '[]', token)).toEqual({ status: 400, body: '' });
    const large = JSON.stringify({ ...help(), text: 'x'.repeat(4_000_000) });
    expect(await post(program.url, large, token)).toEqual({ status: 413, body: '' });
  });

  it('never prints a token or the client secret', async () => {
    const token = await cloud.token({ expiresIn: -HOUR });
    await post(program.url, help(), token);
    const output = program.output.join('\n');
    expect(output).not.toContain(token.split('.')[2]);
    expect(output).not.toContain('a client secret');
  });

  it('says that it lives and is ready', async () => {
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${program.url}/nothing-here`)).status).toBe(404);
  });
});
