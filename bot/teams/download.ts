import { asAppError, type Log } from '../../services/observability/index.ts';

const TIMEOUT_MS = 8_000;
const LARGEST_BYTES = 10 * 1024 * 1024;

/** Null when the file may not, or could not, be fetched. */
export type Download = (url: string) => Promise<Uint8Array | null>;

/** Where Teams keeps what people send: OneDrive for Business and SharePoint, in Microsoft's clouds. */
const FILE_DOMAINS = ['.sharepoint.com', '.sharepoint.us', '.sharepoint-mil.us', '.sharepoint.cn'];

export function microsoftFileUrl(url: URL): boolean {
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    FILE_DOMAINS.some((domain) => url.hostname.endsWith(domain))
  );
}

/** The address comes from outside: it is fetched only from allowed hosts, and redirects are not followed. */
export function createDownload(allowed: (url: URL) => boolean, log: Log): Download {
  return async (address) => {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || !allowed(url)) {
      log.warn('download-refused', { reason: 'host' });
      return null;
    }
    try {
      const response = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok || response.body === null) {
        log.warn('download-failed', { status: response.status });
        return null;
      }
      return await readAtMost(response.body, LARGEST_BYTES);
    } catch (error) {
      log.warn('download-failed', { reason: asAppError(error).code });
      return null;
    }
  };
}

async function readAtMost(
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
