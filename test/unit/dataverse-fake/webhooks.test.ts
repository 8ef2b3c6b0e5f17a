import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Webhook } from '../../support/dataverse/webhooks.ts';
import { type DataverseWorld, startDataverseWorld } from '../../support/dataverse-world.ts';

interface Heard {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

let world: DataverseWorld;
let receiver: Server;
let heard: Heard[];
let answer: number;

beforeEach(async () => {
  world = await startDataverseWorld();
  heard = [];
  answer = 200;
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Heard['body'];
      heard.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await world.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const register = (more: Partial<Webhook> = {}): void => {
  const { port } = receiver.address() as AddressInfo;
  world.organization.webhooks.register({
    url: new URL(`http://127.0.0.1:${port}/hook`),
    table: 'mailbox',
    message: 'Update',
    key: { kind: 'HttpHeader', name: 'x-medic-key', value: 'open sesame' },
    ...more,
  });
};
const touch = async (): Promise<void> => {
  world.organization.synchronization.touch(world.mailbox.id);
  await world.organization.webhooks.settled();
};

describe('a webhook', () => {
  it('posts what was written, with its key and the documented headers', async () => {
    register();
    world.organization.synchronization.disable(world.mailbox.id, 'connection', ['act']);
    await world.organization.webhooks.settled();
    expect(heard).toHaveLength(1);
    expect(heard[0]?.headers).toMatchObject({
      'x-medic-key': 'open sesame',
      'x-ms-dynamics-organization': '127.0.0.1',
      'x-ms-dynamics-entity-name': 'mailbox',
      'x-ms-dynamics-request-name': 'Update',
      'x-request-id': expect.any(String) as string,
      'x-ms-correlation-request-id': expect.any(String) as string,
    });
    expect(heard[0]?.body).toMatchObject({
      MessageName: 'Update',
      Mode: 1,
      Stage: 40,
      PrimaryEntityName: 'mailbox',
      PrimaryEntityId: world.mailbox.id,
      OrganizationId: world.organization.organizationId,
      RequestId: heard[0]?.headers['x-request-id'],
      InputParameters: [
        {
          key: 'Target',
          value: {
            LogicalName: 'mailbox',
            Id: world.mailbox.id,
            Attributes: expect.arrayContaining([
              { key: 'enabledforact', value: false },
              { key: 'actstatus', value: expect.objectContaining({ Value: 2 }) as object },
            ]) as object[],
          },
        },
      ],
    });
  });

  it('can be found by who looks whether it is registered', async () => {
    register({ filteringAttributes: ['enabledforact', 'statecode'] });
    const { rows } = await world.get(
      'sdkmessageprocessingsteps?$select=filteringattributes,statecode,mode&$expand=eventhandler_serviceendpoint($select=url,contract,authtype),sdkmessageid($select=name),sdkmessagefilterid($select=primaryobjecttypecode)',
    );
    expect(rows).toEqual([
      expect.objectContaining({
        filteringattributes: 'enabledforact,statecode',
        statecode: 0,
        mode: 1,
        eventhandler_serviceendpoint: expect.objectContaining({
          url: expect.stringContaining('/hook') as string,
          contract: 8,
          authtype: 5,
        }) as object,
        sdkmessageid: expect.objectContaining({ name: 'Update' }) as object,
        sdkmessagefilterid: expect.objectContaining({
          primaryobjecttypecode: 'mailbox',
        }) as object,
      }),
    ]);
  });

  it('writes moments and lookups as the contract does', async () => {
    register();
    const body = { testemailconfigurationscheduled: true };
    await world.patch(`mailboxes(${world.mailbox.id})`, body);
    await world.organization.webhooks.settled();
    expect(JSON.stringify(heard[0]?.body)).toContain(`/Date(${world.clock.now()})/`);
    expect(JSON.stringify(heard[0]?.body)).toContain('"LogicalName":"systemuser"');
  });

  it('listens to the attributes that it is for', async () => {
    register({ filteringAttributes: ['enabledforact'] });
    await touch();
    expect(heard).toEqual([]);
    world.organization.change('mailbox', world.mailbox.id, { enabledforact: false });
    await world.organization.webhooks.settled();
    expect(heard).toHaveLength(1);
  });

  it('carries its key in the address where it was registered so', async () => {
    register({ key: { kind: 'WebhookKey', code: 'a b' } });
    register({ key: { kind: 'HttpQueryString', name: 'k', value: 'v' } });
    await touch();
    expect(heard.map(({ url }) => url).sort()).toEqual(['/hook?code=a+b', '/hook?k=v']);
  });

  it('hears of creations and deletions where it is registered for them', async () => {
    register({ message: 'Create' });
    register({ message: 'Delete' });
    const { id } = world.organization.add('mailbox', { name: 'brief' });
    world.organization.remove('mailbox', id);
    await touch();
    expect(heard.map(({ body }) => body.MessageName).sort()).toEqual(['Create', 'Delete']);
  });

  it('hears nothing of a change set that was undone', async () => {
    register();
    const path = `/api/data/v9.2/mailboxes(${world.mailbox.id})`;
    const operation = (id: number, body: unknown): string[] => [
      '--c',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      `Content-ID: ${id}`,
      '',
      `PATCH ${path} HTTP/1.1`,
      'Content-Type: application/json',
      '',
      JSON.stringify(body),
    ];
    const lines = [
      '--b',
      'Content-Type: multipart/mixed; boundary=c',
      '',
      ...operation(1, { username: 'b' }),
      ...operation(2, { statecode: 9 }),
      '--c--',
      '--b--',
      '',
    ];
    const headers = { 'content-type': 'multipart/mixed; boundary=b' };
    const reply = await world.ask('POST', '$batch', { headers, body: lines.join('\r\n') });
    expect([reply.status, reply.text.includes('0x8004431a')]).toEqual([400, true]);
    await world.organization.webhooks.settled();
    expect(heard).toEqual([]);
  });

  it('notes what the receiver answered, and that nobody answered', async () => {
    register();
    answer = 500;
    await touch();
    world.organization.webhooks.register({
      url: new URL('http://127.0.0.1:1/'),
      table: 'mailbox',
      message: 'Update',
      key: { kind: 'WebhookKey', code: 'x' },
    });
    await touch();
    const { deliveries } = world.organization.webhooks;
    expect(deliveries.map(({ status }) => status)).toEqual(
      expect.arrayContaining([500, 500, undefined]),
    );
    expect(deliveries.every(({ rowId }) => rowId === world.mailbox.id)).toBe(true);
  });
});
