import type { Caller } from './dataverse/callers.ts';
import {
  type FakeOrganization,
  type FakeOrganizationOptions,
  startFakeOrganization,
} from './dataverse/fake-organization.ts';
import type { Row } from './dataverse/row.ts';
import { createFakeScheduler, type FakeScheduler } from './fake-scheduler.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined when it is not JSON. */
  readonly json: Record<string, unknown>;
  readonly rows: readonly Record<string, unknown>[];
  readonly error: { readonly code: string; readonly message: string };
}

export interface Request {
  readonly as?: Caller;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A fake organization with an administrator, an application user, a profile and a mailbox. */
export interface DataverseWorld {
  readonly organization: FakeOrganization;
  readonly clock: FakeScheduler;
  readonly administrator: Caller;
  readonly application: Caller;
  readonly profile: Row;
  readonly owner: Row;
  readonly mailbox: Row;
  /** As the administrator unless told; a path below the base, or a whole address. */
  ask(method: string, path: string, request?: Request): Promise<Reply>;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body: unknown, request?: Omit<Request, 'body'>): Promise<Reply>;
  /** What the mailbox holds now. */
  now(column: string): unknown;
  stop(): Promise<void>;
}

const read = async (response: Response): Promise<Reply> => {
  const text = await response.text();
  let json: Record<string, unknown> = {};
  if (response.headers.get('content-type')?.includes('json') === true && text !== '') {
    json = JSON.parse(text) as Record<string, unknown>;
  }
  return {
    status: response.status,
    headers: response.headers,
    text,
    json,
    rows: (json.value ?? []) as Reply['rows'],
    error: (json.error ?? { code: '', message: '' }) as Reply['error'],
  };
};

export async function startDataverseWorld(
  options: Partial<FakeOrganizationOptions> = {},
): Promise<DataverseWorld> {
  const clock = createFakeScheduler();
  const organization = await startFakeOrganization({ scheduler: clock, ...options });
  organization.addRole('System Administrator', 'all');
  organization.addRole('Mailbox Medic', ['prvReadMailbox', 'prvReadUser', 'prvReadTraceLog']);
  const administrator = organization.addCaller({
    name: 'Ada Admin',
    roles: ['System Administrator'],
    entraRoles: ['Exchange Administrator'],
  });
  const application = organization.addCaller({
    name: '# Mailbox Medic',
    kind: 'application',
    roles: ['System Administrator'],
  });
  const profile = organization.add('emailserverprofile', {
    name: 'Microsoft Exchange Online',
    servertype: 3,
  });
  const owner = organization.add('systemuser', {
    fullname: 'Berit Berg',
    domainname: 'berit@contoso.com',
    internalemailaddress: 'berit@contoso.com',
    emailrouteraccessapproval: 2,
  });
  const mailbox = organization.add('mailbox', {
    name: "Berit's mailbox",
    emailaddress: 'berit@contoso.com',
    emailrouteraccessapproval: 2,
    incomingemaildeliverymethod: 2,
    outgoingemaildeliverymethod: 2,
    actdeliverymethod: 1,
    enabledforincomingemail: false,
    enabledforoutgoingemail: false,
    enabledforact: false,
    emailserverprofile: { table: 'emailserverprofile', id: profile.id },
    regardingobjectid: { table: 'systemuser', id: owner.id },
    ownerid: { table: 'systemuser', id: owner.id },
  });
  organization.change('systemuser', owner.id, {
    defaultmailbox: { table: 'mailbox', id: mailbox.id },
  });
  const ask: DataverseWorld['ask'] = async (method, path, request = {}) => {
    const { as = administrator, headers = {}, body } = request;
    const token = request.token ?? organization.token(as);
    const url = path.startsWith('http') ? path : `${organization.url}/api/data/v9.2/${path}`;
    const typed = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, ...typed, ...headers },
      ...(body === undefined ? {} : { body: text }),
    });
    return read(response);
  };
  return {
    organization,
    clock,
    administrator,
    application,
    profile,
    owner,
    mailbox,
    ask,
    get: (path, headers = {}) => ask('GET', path, { headers }),
    patch: (path, body, request = {}) => ask('PATCH', path, { ...request, body }),
    now: (column) => organization.row('mailbox', mailbox.id)?.values[column],
    stop: () => organization.stop(),
  };
}
