import { idOf, type MailboxId, type ProfileId } from '../../domain/ids.ts';
import type { Mailbox } from '../../domain/mailbox.ts';
import type { PerformanceThresholds } from '../../domain/organization.ts';
import type { ServerType } from '../../domain/profile.ts';
import { type Instant, instantOf, SECOND_MS } from '../../domain/time.ts';
import { AppError } from '../../observability/index.ts';
import { createBreather } from '../../store/index.ts';
import { MAILBOX_COLUMNS, ORGANIZATION_COLUMNS, PROFILE_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { keyIn, momentIn, type RowValues, textIn } from './row-values.ts';
import { toMailbox } from './to-mailbox.ts';
import { toOrganization } from './to-organization.ts';
import { serverTypeIn } from './to-profile.ts';
import type { Asking, Row } from './web-api.ts';

export interface SurveyedMailbox {
  /** Whose it is, what waits to be sent and what its alerts say is not read for ten thousand. */
  readonly mailbox: Mailbox;
  /** Key of the user or queue that it belongs to; null for a forward mailbox. */
  readonly belongsTo: string | null;
  readonly recordOwner: string | null;
  /** Not later than the test that is scheduled or runs was asked for; null when there is none. */
  readonly testingSince: Instant | null;
}

export interface SurveyedProfile {
  readonly id: ProfileId;
  readonly serverType: ServerType;
  readonly name: string;
  readonly recordOwner: string | null;
}

/** All mailboxes of the organization as they were a moment ago. */
export interface Survey {
  readonly at: Instant;
  /** By name. */
  readonly mailboxes: readonly SurveyedMailbox[];
  readonly byId: ReadonlyMap<MailboxId, SurveyedMailbox>;
  readonly profiles: ReadonlyMap<ProfileId, SurveyedProfile>;
  readonly thresholds: PerformanceThresholds;
}

export interface MailboxSurvey {
  /** Not older than half a minute; who asks while it is being read gets the same. */
  take(asking: Asking): Promise<Survey>;
  /** The last that was taken, however long ago; undefined before the first. */
  latest(): Survey | undefined;
}

const KEPT_MS = 30 * SECOND_MS;

interface Taking {
  readonly survey: Promise<Survey>;
  readonly until: number;
  /** What is read in the background may wait for long; a person does not wait with it. */
  mayWaitLong: boolean;
}

const COLUMNS = MAILBOX_COLUMNS.filter((column) => column !== 'isforwardmailbox');

export function createMailboxSurvey({
  api,
  organizationId,
  scheduler,
}: Pick<DataverseParts, 'api' | 'organizationId' | 'scheduler'>): MailboxSurvey {
  let last: Survey | undefined;
  let taking: Taking | undefined;
  /** Since when a test has been seen; Dynamics 365 on-premises does not say. */
  let testsSeen: ReadonlyMap<MailboxId, Instant> = new Map();

  async function thresholds(asking: Asking): Promise<PerformanceThresholds> {
    const query = { select: ORGANIZATION_COLUMNS };
    const row = await api.get('organizations', organizationId, query, asking);
    if (row === undefined) throw new AppError('dynamics-unexpected', 'no row of the organization');
    return toOrganization(row, { deployment: 'online', tenantId: null }).performance;
  }

  async function profiles(asking: Asking): Promise<ReadonlyMap<ProfileId, SurveyedProfile>> {
    const query = { select: PROFILE_COLUMNS, bare: true };
    const found = new Map<ProfileId, SurveyedProfile>();
    for (const row of await api.list('emailserverprofiles', query, asking)) {
      const id = keyIn(row, 'emailserverprofileid');
      if (id === null) continue;
      found.set(idOf(id), {
        id: idOf(id),
        serverType: serverTypeIn(row),
        name: textIn(row, 'name') ?? '',
        recordOwner: keyIn(row, '_ownerid_value'),
      });
    }
    return found;
  }

  function surveyed(
    row: Row,
    serverTypes: ReadonlyMap<ProfileId, SurveyedProfile>,
    now: Instant,
  ): SurveyedMailbox {
    const profileId = keyIn(row, '_emailserverprofile_value');
    const known = profileId === null ? undefined : serverTypes.get(idOf(profileId));
    const serverType = known?.serverType ?? null;
    const around = { organizationId, ownerId: null, serverType, pendingSend: 0, failures: {}, now };
    const mailbox = toMailbox(row, around);
    return {
      mailbox,
      belongsTo: keyIn(row, '_regardingobjectid_value'),
      recordOwner: keyIn(row, '_ownerid_value'),
      testingSince: testingSince(row, mailbox.id, now),
    };
  }

  function testingSince(row: RowValues, id: MailboxId, now: Instant): Instant | null {
    if (row.testemailconfigurationscheduled !== true) return null;
    const moments = [testsSeen.get(id), momentIn(row, 'modifiedon'), now];
    return moments.filter((each) => typeof each === 'string').sort()[0] ?? now;
  }

  async function read(asking: Asking): Promise<Survey> {
    const now = instantOf(scheduler.now());
    const [known, limits] = await Promise.all([profiles(asking), thresholds(asking)]);
    const mailboxes: SurveyedMailbox[] = [];
    const breathe = createBreather();
    const query = { select: COLUMNS, bare: true };
    for await (const page of api.pages('mailboxes', query, asking)) {
      for (const row of page) {
        await breathe();
        if (keyIn(row, 'mailboxid') !== null) mailboxes.push(surveyed(row, known, now));
      }
    }
    testsSeen = new Map(
      mailboxes.flatMap(({ mailbox: { id }, testingSince: since }) =>
        since === null ? [] : [[id, since] as const],
      ),
    );
    // Code unit order, as where mailboxes are found: a collator takes too long for 10 000.
    mailboxes.sort(({ mailbox: a }, { mailbox: b }) =>
      a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1,
    );
    return {
      at: now,
      mailboxes,
      byId: new Map(mailboxes.map((each) => [each.mailbox.id, each])),
      profiles: known,
      thresholds: limits,
    };
  }

  return {
    latest: () => last,
    take(asking) {
      const now = scheduler.now();
      const isPerson = asking.priority === 'person';
      if (taking !== undefined && now < taking.until && !(isPerson && taking.mayWaitLong)) {
        return taking.survey;
      }
      const survey = read(asking);
      const taken: Taking = { survey, until: now + KEPT_MS, mayWaitLong: !isPerson };
      taking = taken;
      const forget = (): void => {
        if (taking === taken) taking = undefined;
      };
      survey.then((done) => {
        last = done;
        taken.mayWaitLong = false;
      }, forget);
      return survey;
    },
  };
}
