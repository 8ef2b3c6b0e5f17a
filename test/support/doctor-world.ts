import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CHECKS,
  createPatient,
  type Examined,
  examine,
  settingsFound,
} from '../../services/doctor/index.ts';
import { AppError, secretOf } from '../../services/observability/index.ts';
import type { Caller } from './dataverse/callers.ts';
import { type DataverseWorld, startDataverseWorld } from './dataverse-world.ts';
import { silentLog } from './silent-log.ts';

const TENANT = '99999999-8888-4777-8666-555555555555';
const CLIENT = '22222222-3333-4444-8555-666666666666';
export const SECRET = 'the s3cret of the reader';

/** The privileges of the role that `npm run package:role` makes, and what no page names. */
export const READER: readonly string[] = [
  ...(readFileSync(
    join(import.meta.dirname, '../../manifest/dynamics-role/customizations.xml'),
    'utf8',
  ).match(/prv\w+/g) ?? []),
  'prvReadMailboxStatistics',
  'prvReadExchangeSyncIdMapping',
];

export interface DoctorWorld extends DataverseWorld {
  /** Gives the application user other roles. */
  readonly reader: (privileges: readonly string[]) => void;
  readonly speakAs: (caller: Caller) => void;
  /** What Entra answers instead of a token. */
  readonly refuseTokens: (status: number, answer: unknown) => void;
  readonly examine: () => Promise<Examination>;
}

export interface Examination {
  readonly all: readonly Examined[];
  readonly of: (id: string) => Examined;
}

/** A fake organization, a fake Entra, and an application user that may do as its role says. */
export async function startDoctorWorld(): Promise<DoctorWorld> {
  const world = await startDataverseWorld();
  const { organization, clock } = world;
  let caller: Caller | undefined;
  let refusal: { readonly status: number; readonly answer: unknown } | undefined;

  function reader(privileges: readonly string[]): void {
    organization.addRole('Mailbox Medic reader', privileges);
    caller = organization.addCaller({
      name: '# Mailbox Medic reader',
      kind: 'application',
      roles: ['Mailbox Medic reader'],
    });
  }
  reader(READER);

  const entra: typeof fetch = async (address) => {
    const { host } = new URL(address instanceof Request ? address.url : address);
    if (host !== 'login.microsoftonline.com') throw new AppError('unexpected', host);
    if (refusal !== undefined) return Response.json(refusal.answer, { status: refusal.status });
    if (caller === undefined) throw new AppError('unexpected', 'nobody asks');
    return Response.json({
      token_type: 'Bearer',
      expires_in: 3_600,
      access_token: organization.token(caller),
    });
  };

  return {
    ...world,
    reader,
    speakAs: (other) => {
      caller = other;
    },
    refuseTokens: (status, answer) => {
      refusal = { status, answer };
    },
    async examine() {
      const config = {
        port: 3978,
        host: '127.0.0.1',
        dataDirectory: '.data',
        bot: {
          appId: CLIENT,
          appType: 'SingleTenant',
          tenantId: TENANT,
          password: secretOf('the s3cret of the bot'),
          allowedTenants: [TENANT],
        },
        engine: {
          kind: 'dataverse',
          url: new URL(organization.url),
          application: {
            tenantId: TENANT,
            clientId: CLIENT,
            credential: { kind: 'secret', secret: secretOf(SECRET) },
          },
          webhookKey: null,
          lookAt: 'off',
        },
        directory: { kind: 'static', file: 'people.yaml' },
        oauthConnection: null,
        metricsToken: null,
      } as const;
      const patient = createPatient({ config, scheduler: clock, log: silentLog, fetch: entra });
      const loaded = { kind: 'loaded', config } as const;
      const all = await examine(CHECKS, patient, settingsFound(loaded), {
        began: () => undefined,
        ended: () => undefined,
      });
      return {
        all,
        of(id) {
          const found = all.find((each) => each.id === id);
          if (found === undefined) throw new AppError('unexpected', `no check ${id}`);
          return found;
        },
      };
    },
  };
}
