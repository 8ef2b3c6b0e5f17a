import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDownload, microsoftFileUrl } from '../../../../bot/teams/index.ts';
import { silentLog } from '../../../support/silent-log.ts';

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('where sent files are fetched from', () => {
  it.each([
    ['https://contoso.sharepoint.com/personal/x', true],
    ['https://contoso-my.sharepoint.com/personal/x', true],
    ['http://contoso.sharepoint.com/x', false],
    ['https://contoso.sharepoint.com.evil.example/x', false],
    ['https://evilsharepoint.com/x', false],
    ['https://contoso.sharepoint.com:8443/x', false],
    ['https://user@127.0.0.1/.sharepoint.com', false],
  ])('%s: %s', (address, allowed) => {
    expect(microsoftFileUrl(new URL(address))).toBe(allowed);
  });
});

describe('fetching a file', () => {
  const download = createDownload(() => true, silentLog);

  it('gives its bytes', async () => {
    const url = await serving((_, response) => response.end('alert'));
    expect(Buffer.from((await download(url)) ?? []).toString()).toBe('alert');
  });

  it('follows no redirects, which could lead inside', async () => {
    const inside = await serving((_, response) => response.end('secret'));
    const url = await serving((_, response) => response.writeHead(302, { location: inside }).end());
    expect(await download(url)).toBeNull();
  });

  it('gives up on files that are too large', async () => {
    const url = await serving((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024);
      for (let sent = 0; sent < 11; sent += 1) response.write(chunk);
      response.end();
    });
    expect(await download(url)).toBeNull();
  });

  it.each(['no address', 'file:///etc/passwd'])('does not try %s', async (address) => {
    expect(await createDownload(microsoftFileUrl, silentLog)(address)).toBeNull();
  });

  it('gives nothing for an answer that is no file', async () => {
    const url = await serving((_, response) => response.writeHead(403).end('no'));
    expect(await download(url)).toBeNull();
  });
});
