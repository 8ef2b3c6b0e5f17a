import type { Scheduler } from '../../../services/scheduler/index.ts';
import { createApprovals, type Denial } from './approvals.ts';
import { type Caller, createCallers, type EntraRole, type Role } from './callers.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Seen, startHttpServer } from './http-server.ts';
import { guidOf } from './ids.ts';
import type { Inside } from './inside.ts';
import { loadMetadata, type Metadata } from './metadata.ts';
import { createPresenter } from './representation.ts';
import { createRouter } from './router.ts';
import type { Row, Values } from './row.ts';
import { createRows } from './rows.ts';
import { createRules } from './rules.ts';
import { checkValues, seedRow } from './seed.ts';
import { createServiceProtection, type ServiceProtection } from './service-protection.ts';
import { createSynchronization, type Synchronization } from './synchronization.ts';
import { createTestAndEnable, type TestAndEnable } from './test-and-enable.ts';
import { createTraceLogs, type TraceLogs } from './trace-logs.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

export interface FakeOrganizationOptions {
  /** Tests and slow answers take their time on it. */
  readonly scheduler: Scheduler;
  readonly name?: string;
  /** Tables with change tracking on; the reference does not say whether mailbox has it. */
  readonly tracksChanges?: readonly string[];
}

export interface NewCaller {
  readonly name: string;
  readonly kind?: Caller['kind'];
  readonly roles?: readonly string[];
  readonly entraRoles?: readonly EntraRole[];
  readonly values?: Values;
}

/**
 * A Dataverse organization on loopback, as documented: Web API v9.2 over the tables that a client of
 * server-side synchronization needs, from the entity reference in metadata/*.yaml. What it does not
 * know it refuses (400 as the real one words it, 501 where the fake ends), so that a wrong column,
 * type or option in the client is a failing test and not a surprise at a customer's.
 *
 * What it does not prove:
 * - Texts and codes of refusals beside those that the pages print: a client reads status and code.
 * - Two things are stricter than the real one: writing a column that may not be written is an error
 *   here (there it is left out silently), and a preference that is not known is refused.
 * - Depth of privileges, business units, teams, sharing, field security, impersonation: a privilege
 *   is held for all rows or not at all. Names of the privileges on trace logs and statistics, and the
 *   set of mailbox statistics, are by pattern.
 * - `required` and least and most numbers are read off for mailbox and profile; elsewhere only
 *   identifiers, owners and states are required.
 * - How Entra signs tokens in; TLS; several web servers behind one address with limits of their own;
 *   how long requests really take (each costs the same against the limit of execution time).
 * - What server-side synchronization does by itself: only what a test scripts, in one step where the
 *   real one takes several; whether its writes fire webhooks (here they do) is not documented.
 * - How mail servers behave: results of Test & enable are scripted.
 * - `$apply`, FetchXML, alternate keys, filters through lookups, expansion of collections and of
 *   owners, references within change sets, `$metadata`: 501.
 */
export interface FakeOrganization {
  /** `http://127.0.0.1:…`; the Web API is below /api/data/v9.2/. */
  readonly url: string;
  readonly organizationId: string;
  readonly metadata: Metadata;
  /** A row as if it had always been there: any column, but of its type and within its options. */
  add(table: string, values: Values): Row;
  row(table: string, id: string): Row | undefined;
  rows(table: string): readonly Row[];
  /** Writes as server-side synchronization or somebody in the browser does, past the access rules. */
  change(table: string, id: string, values: Values): Row;
  remove(table: string, id: string): void;
  addRole(name: string, privileges: Role['privileges']): void;
  addCaller(caller: NewCaller): Caller;
  token(caller: Caller, lifetimeMs?: number): string;
  revoke(token: string): void;
  /** How much the organization's clock is ahead of the test's; negative: behind. */
  setSkew(ms: number): void;
  setDenial(denial: Denial): void;
  setChangeTracking(table: string, on: boolean): void;
  readonly tests: TestAndEnable;
  readonly synchronization: Synchronization;
  readonly traces: TraceLogs;
  readonly faults: Faults;
  readonly protection: ServiceProtection;
  readonly webhooks: Webhooks;
  readonly seen: readonly Seen[];
  whenSeen(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startFakeOrganization({
  scheduler,
  name = 'Contoso',
  tracksChanges = [],
}: FakeOrganizationOptions): Promise<FakeOrganization> {
  const metadata = loadMetadata();
  const tracked = new Set(tracksChanges);
  const address = { url: '' };
  let skewMs = 0;
  const now = (): number => scheduler.now() + skewMs;
  const base = (): string => `${address.url}/api/data/v9.2/`;
  const rows = createRows(metadata, now);
  const inside: Inside = {
    metadata,
    rows,
    callers: createCallers(scheduler, rows, base),
    presenter: createPresenter(metadata, rows),
    scheduler,
    now,
    organizationId: guidOf(`organization ${name}`),
    systemUserId: guidOf('systemuser SYSTEM'),
    tracksChanges: (table) => tracked.has(table),
    base,
  };
  const { callers, organizationId, systemUserId } = inside;
  const approvals = createApprovals(inside);
  const traces = createTraceLogs(inside);
  const tests = createTestAndEnable(inside, approvals, traces);
  const handle = createRouter(inside, createRules(inside, approvals, tests));
  const faults = createFaults();
  const protection = createServiceProtection(scheduler);
  const webhooks = createWebhooks(inside);
  const http = await startHttpServer({ inside, handle, faults, protection });
  address.url = `http://127.0.0.1:${http.port}`;
  const add = (table: string, values: Values): Row => seedRow(inside, table, values);
  add('systemuser', { systemuserid: systemUserId, fullname: 'SYSTEM' });
  add('organization', { organizationid: organizationId, name, requireapprovalforuseremail: true });
  return {
    url: address.url,
    organizationId,
    metadata,
    add,
    row: (table, id) => rows.get(table, id),
    rows: (table) => rows.all(table),
    change(table, id, values) {
      checkValues(inside, table, values);
      return rows.update(table, id, values, systemUserId);
    },
    remove: (table, id) => rows.remove(table, id, systemUserId),
    addRole(role, privileges) {
      const { id } = callers.addRole(role, privileges);
      add('role', { roleid: id, name: role });
    },
    addCaller({ name: fullname, kind = 'user', roles = [], entraRoles = [], values = {} }) {
      const { id: userId } = add('systemuser', { fullname, ...values });
      const caller = { kind, userId, roles, entraRoles };
      callers.add(caller);
      return caller;
    },
    token: ({ userId }, lifetimeMs) => callers.issueToken(userId, lifetimeMs),
    revoke: (token) => callers.revoke(token),
    setSkew: (ms) => {
      skewMs = ms;
    },
    setDenial: (denial) => {
      approvals.denial = denial;
    },
    setChangeTracking(table, on) {
      if (on) tracked.add(table);
      else tracked.delete(table);
    },
    tests,
    synchronization: createSynchronization(inside, traces),
    traces,
    faults,
    protection,
    webhooks,
    seen: http.seen,
    whenSeen: (count) => http.whenSeen(count),
    async stop() {
      await http.stop();
      await webhooks.settled();
    },
  };
}
