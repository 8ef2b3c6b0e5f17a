import type { Ask } from './inside.ts';
import { badPayload, badRequest, notInFake } from './refusal.ts';

/** Other users' rights, duplicate detection, bypassing of plug-ins and the like. */
const STEERING = /^(mscrm|callerobjectid)/;

/** What a request says about itself. Nothing that would steer Dataverse is passed over in silence. */
export function checkHeaders({ headers, method, body, path }: Ask): void {
  const steering = Object.keys(headers).find((name) => STEERING.test(name));
  if (steering !== undefined) throw notInFake(`the header ${steering}`);
  for (const name of ['odata-version', 'odata-maxversion']) {
    const version = headers[name];
    if (version !== undefined && version !== '4.0') {
      throw badRequest(`The ${name} '${version}' is not supported: 4.0 is.`);
    }
  }
  const isJson = /^application\/json(;|$)/.test(headers['content-type'] ?? '');
  if ((method === 'POST' || method === 'PATCH') && body !== '' && !isJson) {
    throw badPayload(
      path,
      `A supported MIME type could not be found for '${headers['content-type'] ?? ''}'.`,
    );
  }
}
