import type { AlertLevel } from '../../domain/alert.ts';
import { idOf, type MailboxId, type ProfileId, type TopicId } from '../../domain/ids.ts';
import type { Period } from '../../domain/performance.ts';
import { type Instant, SECOND_MS } from '../../domain/time.ts';
import { createBreather } from '../../store/index.ts';
import { TRACE_LOG_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { type NamedAlert, nameAlert } from './failure-of-alert.ts';
import type { Survey } from './mailbox-survey.ts';
import { momentLiteral } from './odata-literal.ts';
import { keyIn, momentIn, type RowValues, textIn } from './row-values.ts';
import { type Asking, LOOKUP_TABLE, type Row } from './web-api.ts';

/** A trace log of a period: enough to count it, and to read it when it is shown. */
export interface RaisedLog {
  readonly row: Row;
  /** One of the two. */
  readonly mailboxId: MailboxId | null;
  readonly profileId: ProfileId | null;
  readonly raisedAt: Instant;
  readonly topic: TopicId;
  readonly level: AlertLevel;
  /** With the slots of whichever mailbox met the wording first. */
  readonly named: NamedAlert;
}

export interface RaisedAlerts {
  /** Newest first, the newest 20 000; of mailboxes and profiles that are there. */
  within(period: Period, survey: Survey, asking: Asking): Promise<readonly RaisedLog[]>;
}

const MOST_LOGS = 20_000;
const MOST_WORDINGS = 5_000;
const KEPT_MS = 30 * SECOND_MS;

/** What of a trace log decides about its topic, beside the text. */
const NAMING = ['level', 'tracecode', 'errortypedisplay', 'errordetails'] as const;

export function createRaisedAlerts({
  api,
  scheduler,
  ...knowledge
}: Pick<DataverseParts, 'api' | 'scheduler' | 'diagnose' | 'article'>): RaisedAlerts {
  const wordings = new Map<string, NamedAlert>();
  let latest:
    | { readonly of: string; readonly logs: Promise<readonly RaisedLog[]>; readonly until: number }
    | undefined;

  /** A wording is named once, whosever mailbox stands in it. */
  async function named(row: RowValues, names: readonly string[]): Promise<NamedAlert> {
    let text = textIn(row, 'text') ?? '';
    for (const name of names) if (name !== '') text = text.replaceAll(name, '\u0000');
    const key = JSON.stringify([text, ...NAMING.map((column) => row[column] ?? null)]);
    const known = wordings.get(key) ?? (await nameAlert(row, knowledge));
    wordings.delete(key);
    wordings.set(key, known);
    const [oldest] = wordings.keys();
    if (wordings.size > MOST_WORDINGS && oldest !== undefined) wordings.delete(oldest);
    return known;
  }

  async function read({ from, to }: Period, survey: Survey, asking: Asking) {
    const query = {
      select: TRACE_LOG_COLUMNS,
      filter: `createdon ge ${momentLiteral(from)} and createdon lt ${momentLiteral(to)}`,
      orderBy: 'createdon desc',
      top: MOST_LOGS,
      bare: true,
    };
    const logs: RaisedLog[] = [];
    const breathe = createBreather();
    for await (const page of api.pages('tracelogs', query, asking)) {
      for (const row of page) {
        await breathe();
        const about = regarding(row, survey);
        const raisedAt = momentIn(row, 'createdon');
        if (about === null || raisedAt === null || textIn(row, 'text') === null) continue;
        const wording = await named(about.row, about.names);
        const { topic, level } = wording;
        const { mailboxId, profileId } = about;
        logs.push({ row: about.row, mailboxId, profileId, raisedAt, topic, level, named: wording });
      }
    }
    return logs;
  }

  return {
    within(period, survey, asking) {
      const of = `${period.from} ${period.to}`;
      const now = scheduler.now();
      if (latest?.of === of && now < latest.until) return latest.logs;
      const logs = read(period, survey, asking);
      const taken = { of, logs, until: now + KEPT_MS };
      latest = taken;
      const forget = (): void => {
        if (latest === taken) latest = undefined;
      };
      logs.catch(forget);
      return logs;
    },
  };
}

/** Read without annotations: the survey knows whether a key is a mailbox's or a profile's. */
function regarding(
  row: Row,
  { byId, profiles }: Survey,
): (Pick<RaisedLog, 'row' | 'mailboxId' | 'profileId'> & { names: readonly string[] }) | null {
  const key = keyIn(row, '_regardingobjectid_value');
  if (key === null) return null;
  const about = (table: string): Row => ({
    ...row,
    [`_regardingobjectid_value@${LOOKUP_TABLE}`]: table,
  });
  const surveyed = byId.get(idOf(key));
  if (surveyed !== undefined) {
    const { id: mailboxId, name, address, profileId } = surveyed.mailbox;
    const profile = profileId === null ? undefined : profiles.get(profileId);
    const names = [name, address, profile?.name ?? ''];
    return { row: about('mailbox'), mailboxId, profileId: null, names };
  }
  const profile = profiles.get(idOf(key));
  if (profile === undefined) return null;
  const names = [profile.name];
  return { row: about('emailserverprofile'), mailboxId: null, profileId: idOf(key), names };
}
