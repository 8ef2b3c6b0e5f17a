import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../services/config/index.ts';
import {
  ASSUMPTIONS,
  CHECKS,
  createPatient,
  type Examined,
  examine,
  type Patient,
  type Proof,
  prove,
  settingsFound,
} from '../../services/doctor/index.ts';
import { AppError, secretOf } from '../../services/observability/index.ts';
import type { Caller } from './dataverse/callers.ts';
import { type DataverseWorld, startDataverseWorld } from './dataverse-world.ts';
import { silentLog } from './silent-log.ts';
import { unsignedToken } from './token-service/unsigned-token.ts';

const TENANT = '99999999-8888-4777-8666-555555555555';
export const BOT = '11111111-2222-4333-8444-555555555555';
export const CLIENT = '22222222-3333-4444-8555-666666666666';
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

const STATIC = { kind: 'static', file: 'people.yaml' } as const;

export interface DoctorWorld extends DataverseWorld {
  /** Gives the application user other roles. */
  readonly reader: (privileges: readonly string[]) => void;
  readonly speakAs: (caller: Caller) => void;
  /** What Entra answers to this application instead of a token. */
  readonly refuseTokens: (clientId: string, status: number, answer: unknown) => void;
  /** Application permissions of Microsoft Graph that were consented to. */
  readonly consentTo: (names: readonly string[]) => void;
  /** Where the organization tells those to sign in who bring no token. */
  readonly nameAuthority: (origin: string) => void;
  /** Other settings than those of a new installation, or another token service. */
  readonly examine: (over?: Partial<Over>) => Promise<Examination>;
}

type Online = Extract<Config['engine'], { kind: 'dataverse' }>;
type OnPremises = Extract<Config['engine'], { kind: 'dataverse-on-premises' }>;

export type Over = Pick<Config, 'oauthConnection' | 'directory'> & {
  readonly engine: Partial<Online> | OnPremises;
} & Pick<Patient, 'connection'>;

export interface Examination {
  readonly all: readonly Examined[];
  readonly of: (id: string) => Examined;
  readonly prove: () => Promise<ReadonlyMap<string, Proof>>;
}

/** A fake organization, a fake Entra, and an application user that may do as its role says. */
export async function startDoctorWorld(): Promise<DoctorWorld> {
  const world = await startDataverseWorld();
  const { organization, clock } = world;
  let caller: Caller | undefined;
  let permissions: readonly string[] = ['ServiceHealth.Read.All'];
  let authority: string | undefined;
  const refusals = new Map<string, () => Response>();

  function reader(privileges: readonly string[]): void {
    organization.addRole('Mailbox Medic reader', privileges);
    caller = organization.addCaller({
      name: '# Mailbox Medic reader',
      kind: 'application',
      roles: ['Mailbox Medic reader'],
    });
  }
  reader(READER);

  const entra: typeof fetch = async (address, init) => {
    const { host } = new URL(address instanceof Request ? address.url : address);
    if (host === new URL(organization.url).host) {
      if (authority === undefined) return fetch(address, init);
      const challenge = `Bearer authorization_uri=${authority}/common/oauth2/authorize`;
      return new Response('', { status: 401, headers: { 'www-authenticate': challenge } });
    }
    if (host !== 'login.microsoftonline.com') throw new AppError('unexpected', host);
    const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
    const refusal = refusals.get(form.get('client_id') ?? '');
    if (refusal !== undefined) return refusal();
    if (caller === undefined) throw new AppError('unexpected', 'nobody asks');
    const isReader = form.get('scope')?.startsWith(organization.url) === true;
    const token = isReader
      ? organization.token(caller)
      : unsignedToken({ aud: form.get('scope'), roles: permissions });
    return Response.json({ token_type: 'Bearer', expires_in: 3_600, access_token: token });
  };

  return {
    ...world,
    reader,
    speakAs: (other) => {
      caller = other;
    },
    refuseTokens: (clientId, status, answer) => {
      refusals.set(clientId, () => Response.json(answer, { status }));
    },
    consentTo: (names) => {
      permissions = names;
    },
    nameAuthority: (origin) => {
      authority = origin;
    },
    async examine({
      engine = {},
      directory = STATIC,
      connection = null,
      oauthConnection = null,
    } = {}) {
      const online: Online = {
        kind: 'dataverse',
        url: new URL(organization.url),
        application: {
          tenantId: TENANT,
          clientId: CLIENT,
          credential: { kind: 'secret', secret: secretOf(SECRET) },
        },
        webhookKey: null,
        lookAt: 'off',
      };
      const config = {
        port: 3978,
        host: '127.0.0.1',
        dataDirectory: '.data',
        bot: {
          appId: BOT,
          appType: 'SingleTenant',
          tenantId: TENANT,
          password: secretOf('the s3cret of the bot'),
          allowedTenants: [TENANT],
        },
        engine: engine.kind === 'dataverse-on-premises' ? engine : { ...online, ...engine },
        directory,
        oauthConnection,
        metricsToken: null,
      } as const;
      const patient = createPatient({
        config,
        scheduler: clock,
        log: silentLog,
        connection,
        fetch: entra,
      });
      const loaded = { kind: 'loaded', config } as const;
      const all = await examine(CHECKS, patient, settingsFound(loaded), {
        began: () => undefined,
        ended: () => undefined,
      });
      return {
        all,
        async prove() {
          const proofs = await prove(ASSUMPTIONS, patient, all, () => undefined);
          return new Map(proofs.map((proof) => [proof.id, proof]));
        },
        of(id) {
          const found = all.find((each) => each.id === id);
          if (found === undefined) throw new AppError('unexpected', `no check ${id}`);
          return found;
        },
      };
    },
  };
}
