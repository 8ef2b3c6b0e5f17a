import type { AlertLevel, AlertSlots } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { Diagnosis, SpokenDirection, TopicMatch } from '../../domain/diagnosis.ts';
import type { Evidence, Failure } from '../../domain/failure.ts';
import { idOf, type TopicId } from '../../domain/ids.ts';
import { LEVELS, wordFor } from './option-sets.ts';
import { reasonOf, stageOf } from './reasons-of-alerts.ts';
import { lookupIn, numberIn, type RowValues, textIn } from './row-values.ts';

/** What the knowledge says; services/knowledge has both. */
export interface AlertKnowledge {
  diagnose(text: string): Promise<Diagnosis>;
  article(topic: TopicId): Pick<Article, 'id' | 'scope'> | null;
}

/** A trace log that has been read. */
export interface NamedAlert {
  readonly topic: TopicId;
  /** False: no article documents it, and the topic says no more than its level does. */
  readonly documented: boolean;
  readonly level: AlertLevel;
  readonly direction: SpokenDirection | null;
  readonly slots: AlertSlots;
  readonly failure: Failure;
}

/** What is put down to it where no article documents the text; its own words stand beside. */
const UNDOCUMENTED: Readonly<Record<AlertLevel, string>> = {
  error: 'test-enable-failure',
  warning: 'mailbox-poll-failed',
  information: 'undocumented-information',
};

/** Longer details are stack traces. */
const LONGEST_CODE = 200;
const LONGEST_REPLY = 500;

/**
 * Reads a trace log: its text with the code beside it; if neither is documented, the number of the
 * error. What only resembles a question is no alert.
 */
export async function nameAlert(row: RowValues, knowledge: AlertKnowledge): Promise<NamedAlert> {
  const level = wordFor(LEVELS, row.level) ?? 'warning';
  const text = textIn(row, 'text') ?? '';
  const code = codeIn(row);
  const details = textIn(row, 'errordetails') ?? '';
  const match =
    (await matchOf(knowledge, `${text}\n${code === null ? details : `${CODE_LINE} ${code}`}`)) ??
    (await matchOf(knowledge, numberText(row)));
  const article = match === null ? null : knowledge.article(match.topic);
  const topic = article?.id ?? idOf<TopicId>(UNDOCUMENTED[level]);
  const reason = reasonOf(topic, `${code ?? ''} ${details}`);
  const ofProfile = lookupIn(row, 'regardingobjectid')?.table === 'emailserverprofile';
  return {
    topic,
    documented: article !== null,
    level,
    direction: match?.direction ?? null,
    slots: match?.slots ?? {},
    failure: {
      scope: ofProfile ? 'profile' : (article?.scope ?? 'mailbox'),
      nature: level === 'error' ? 'permanent' : 'transient',
      stage: stageOf(topic, reason),
      reason,
      needsConfirmation: false,
      evidence: evidenceOf(code ?? match?.code ?? null, text, details),
    },
  };
}

const CODE_LINE = 'Email Server Error Code:';

/** One line, and no stack trace: the code as the alert wall prints it. */
function codeIn(row: RowValues): string | null {
  for (const column of ['errordetails', 'errortypedisplay']) {
    const written = textIn(row, column);
    if (written !== null && written.length <= LONGEST_CODE && !/[\r\n]/.test(written)) {
      return written;
    }
  }
  return null;
}

/** As an HRESULT is printed. */
function numberText(row: RowValues): string {
  const number = numberIn(row, 'tracecode') ?? 0;
  return number < 0 ? `0x${(number >>> 0).toString(16).toUpperCase().padStart(8, '0')}` : '';
}

async function matchOf(knowledge: AlertKnowledge, text: string): Promise<TopicMatch | null> {
  if (text.trim() === '') return null;
  const { outcome, matches } = await knowledge.diagnose(text);
  return outcome === 'match' ? (matches[0] ?? null) : null;
}

const ACTIVITY = /ActivityId:\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;

function evidenceOf(code: string | null, text: string, details: string): readonly Evidence[] {
  const activity = ACTIVITY.exec(`${text}\n${details}`)?.[1];
  return [
    ...(code === null ? [] : [{ label: 'library-code', value: code } as const]),
    ...(details === '' || details === code
      ? []
      : [{ label: 'server-reply', value: details.slice(0, LONGEST_REPLY) } as const]),
    ...(activity === undefined ? [] : [{ label: 'request-id', value: activity } as const]),
  ];
}
