import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  answerWebhook,
  type DynamicsWebhook,
  WEBHOOK_HEADER,
  WEBHOOK_PATH,
} from '../../../../bot/http/dynamics-webhook.ts';
import { secretOf } from '../../../../services/observability/index.ts';
import { takeNotice } from '../../../../services/sync-engine/dataverse/change-notice.ts';
import { startWatchWorld, type WatchWorld } from '../../../support/watch-world.ts';

const KEY = 'a key of thirty-two characters or more';

let world: WatchWorld;
let stop: () => Promise<void>;
let answers: string[];
beforeEach(async () => {
  world = await startWatchWorld();
  answers = [];
  const take: DynamicsWebhook['take'] = (body) => {
    const answer = takeNotice(body, world.organization.organizationId, world.watch);
    answers.push(answer);
    return answer;
  };
  // Not restify's: it changes the answers of the fake organization's server in this process, too.
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const asked = { headers: request.headers, url: request.url, body } as never;
      response.writeHead(answerWebhook(asked, { key: secretOf(KEY), take }).status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  const webhook = { url: new URL(WEBHOOK_PATH, url) } as const;
  const key = { kind: 'HttpHeader', name: WEBHOOK_HEADER, value: KEY } as const;
  const { webhooks } = world.organization;
  webhooks.register({ ...webhook, table: 'mailbox', message: 'Update', key });
  webhooks.register({
    ...webhook,
    table: 'tracelog',
    message: 'Create',
    key: { kind: 'WebhookKey', code: KEY },
  });
  webhooks.register({ ...webhook, table: 'emailserverprofile', message: 'Update', key });
});
afterEach(async () => {
  await world.stop();
  await stop();
});

/** Dynamics 365 has posted, and a moment has gone by. */
async function posted(ms: number): Promise<void> {
  await world.organization.webhooks.settled();
  await world.clock.advance(ms);
  await world.watch.settled();
}

describe('what Dynamics 365 posts', () => {
  it('of a mailbox has it looked at within seconds, and told once', async () => {
    world.organization.synchronization.disable(world.mailbox.id, 'mailbox-credentials');
    await posted(1_000);
    const told = world.kinds();
    expect(told.filter((kind) => kind === 'direction-disabled')).not.toEqual([]);
    expect(new Set(answers)).toEqual(new Set(['taken']));
    await world.round();
    expect(world.kinds()).toEqual(told);
  });

  it('of an alert leads to the mailbox that it is about', async () => {
    const { organization, mailbox } = world;
    const on = { enabledforoutgoingemail: true, outgoingemailstatus: 1, transientfailurecount: 1 };
    organization.change('mailbox', mailbox.id, on);
    await posted(1_000);
    organization.traces.failure(organization.row('mailbox', mailbox.id)!, 'connection', 'outgoing');
    await posted(1_000);
    expect(world.kinds()).toContain('direction-retrying');
  });

  it('of a profile leads to a round', async () => {
    world.organization.change('mailbox', world.mailbox.id, { name: 'Berit' });
    await posted(1_000);
    world.organization.change('emailserverprofile', world.profile.id, { name: 'Renamed' });
    await posted(10_000);
    expect(world.kinds()).toContain('profile-changed');
  });

  it.each([
    ['of another organization', { OrganizationId: '00000000-0000-4000-8000-000000000001' }],
    ['of a table that is none of ours', { PrimaryEntityName: 'account' }],
    ['without a row', { PrimaryEntityId: 'nobody' }],
  ])('%s is not taken', async (_name, change) => {
    const whole = {
      OrganizationId: world.organization.organizationId,
      PrimaryEntityName: 'mailbox',
      PrimaryEntityId: world.mailbox.id,
    };
    const take = (body: object) => takeNotice(body, world.organization.organizationId, world.watch);
    expect(take(whole)).toBe('taken');
    expect(take({ ...whole, ...change })).not.toBe('taken');
    expect(take([])).toBe('not-understood');
  });

  it('is answered by what it says of itself, never with what is known here', () => {
    const request = { headers: { [WEBHOOK_HEADER]: KEY }, url: WEBHOOK_PATH, body: {} } as never;
    const take = (): 'other-organization' => 'other-organization';
    expect(answerWebhook(request, { key: secretOf(KEY), take })).toEqual({ status: 403 });
  });
});
