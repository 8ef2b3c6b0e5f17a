import type {
  AlertView,
  IncidentView,
  MailboxView,
  StepView,
  TestRunView,
} from '../../cards/index.ts';
import type { Alert } from '../../services/domain/alert.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Failure } from '../../services/domain/failure.ts';
import { idOf } from '../../services/domain/ids.ts';
import type { Incident } from '../../services/domain/incident.ts';
import type { Language } from '../../services/domain/language.ts';
import type { DirectionState, Mailbox } from '../../services/domain/mailbox.ts';
import type { EmailServerProfile, ServerType } from '../../services/domain/profile.ts';
import type { DirectionResult, StageResult } from '../../services/domain/test-run.ts';

/** Every outside text of a card, so that hostile ones can take the place of ordinary ones. */
export interface OutsideTexts {
  readonly mailbox: string;
  readonly address: string;
  readonly profile: string;
  readonly person: string;
  readonly subject: string;
  readonly reply: string;
}

export const ORDINARY: OutsideTexts = {
  mailbox: 'Anna Ek',
  address: 'anna.ek@contoso.example',
  profile: 'Exchange Hybrid',
  person: 'Karin Berg',
  subject: 'Offert 2026-114, reviderad',
  reply: '535 5.7.8 Error: authentication failed: (reason unavailable)',
};

/** All texts the same hostile one. */
export function hostile(text: string): OutsideTexts {
  return { mailbox: text, address: text, profile: text, person: text, subject: text, reply: text };
}

const NOW = '2026-11-23T13:35:00.000Z';
export const at = (minutes: number): string =>
  new Date(Date.parse(NOW) + minutes * 60_000).toISOString();

export function failureOf(texts: OutsideTexts, change: Partial<Failure> = {}): Failure {
  return {
    scope: 'profile',
    nature: 'permanent',
    stage: 'authenticate',
    reason: 'credentials-rejected',
    needsConfirmation: false,
    evidence: [
      { label: 'endpoint', value: 'imap.contoso.example:993' },
      { label: 'user-name', value: texts.address },
      { label: 'server-reply', value: texts.reply },
    ],
    ...change,
  };
}

const working: DirectionState = {
  method: 'server-side-synchronization',
  enabled: true,
  status: 'success',
  transientFailures: 0,
  nextAttemptAt: null,
  confirming: false,
  lastFailure: null,
  disabledAt: null,
  answersAgainAt: null,
};

const DIRECTION_STATES = {
  working,
  notByServer: { ...working, method: 'none', enabled: false, status: 'not-run' },
  neverTested: { ...working, enabled: false, status: 'not-run' },
  testFailed: { ...working, enabled: false, status: 'failure' },
  confirming: { ...working, confirming: true, status: 'failure', nextAttemptAt: at(1) },
  retrying: { ...working, transientFailures: 3, status: 'failure', nextAttemptAt: at(5) },
  disabled: { ...working, enabled: false, status: 'failure', disabledAt: at(-120) },
  answersAgain: {
    ...working,
    enabled: false,
    status: 'failure',
    disabledAt: at(-120),
    answersAgainAt: at(-10),
  },
} as const satisfies Record<string, DirectionState>;

function profileOf(
  texts: OutsideTexts,
  serverType: ServerType,
  replica = false,
): EmailServerProfile {
  const tls = 'implicit';
  return {
    id: idOf('profile-1'),
    organizationId: idOf('org-1'),
    name: texts.profile,
    serverType,
    incoming: { protocol: 'imap', host: 'imap.contoso.example', port: 993, tls },
    outgoing: { protocol: 'smtp', host: 'smtp.contoso.example', port: 465, tls },
    credentialSource: 'profile',
    autodiscover: false,
    impersonation: false,
    ownerId: idOf('user-2'),
    replica,
  };
}

type DirectionName = keyof typeof DIRECTION_STATES;

export interface MailboxChange {
  readonly directions?: readonly [DirectionName, DirectionName, DirectionName];
  readonly health?: MailboxView['health'];
  readonly pendingSend?: number;
  readonly serverType?: ServerType | null;
  readonly replica?: boolean;
  readonly approval?: Mailbox['approval']['state'];
  readonly allowed?: Partial<MailboxView['allowed']>;
  readonly alerts?: readonly Article[];
  readonly fixes?: MailboxView['fixes'];
  readonly name?: string;
  readonly address?: string;
}

/** A mailbox that works and whose viewer is a System administrator, but for what `change` says. */
export function mailboxViewOf(
  texts: OutsideTexts,
  language: Language,
  change: MailboxChange = {},
): MailboxView {
  const [incoming, outgoing, act] = change.directions ?? ['working', 'working', 'notByServer'];
  const serverType = change.serverType === undefined ? 'imap-smtp' : change.serverType;
  const approval = change.approval ?? 'approved';
  const decided = approval === 'approved' || approval === 'rejected';
  const mailbox: Mailbox = {
    id: idOf('6f1c1d4e-4a3b-ee11-be6d-000d3a4b5c6d'),
    organizationId: idOf('org-1'),
    name: change.name ?? texts.mailbox,
    address: change.address ?? texts.address,
    kind: 'user',
    ownerId: idOf('user-1'),
    profileId: serverType === null ? null : idOf('profile-1'),
    active: change.health !== 'inactive',
    approval: {
      state: approval,
      decidedBy: decided ? idOf('user-2') : null,
      decidedAt: decided ? at(-10_000) : null,
    },
    directions: {
      incoming: DIRECTION_STATES[incoming],
      outgoing: DIRECTION_STATES[outgoing],
      act: DIRECTION_STATES[act],
    },
    pendingSend: change.pendingSend ?? 0,
    version: 7,
  };
  const alerts = change.alerts ?? [];
  return {
    mailbox,
    health: change.health ?? 'healthy',
    profile: serverType === null ? null : profileOf(texts, serverType, change.replica),
    ownerName: texts.person,
    approvedByName: decided ? texts.person : null,
    rejection:
      approval === 'rejected'
        ? { byName: texts.person, at: at(-10_000), reason: texts.subject }
        : null,
    openAlerts: alerts.map((article, index) => alertOf(article, texts, index)),
    disablesAt: {
      ...(incoming === 'retrying' ? { incoming: at(40) } : {}),
      ...(outgoing === 'retrying' ? { outgoing: at(40) } : {}),
    },
    alertTitles: Object.fromEntries(alerts.map((article) => [article.id, article.title[language]])),
    allowed: {
      testAndEnable: true,
      approvesItself: false,
      approve: false,
      requestApproval: false,
      reject: false,
      showOutbox: true,
      decideWaiting: true,
      markPrimary: false,
      activate: change.health === 'inactive',
      deactivate: change.health !== 'inactive',
      ...change.allowed,
    },
    fixes: change.fixes ?? [],
  };
}

function alertOf(article: Article, texts: OutsideTexts, index: number): Alert {
  return {
    id: idOf(`alert-${index}`),
    topic: article.id,
    level: article.level,
    scope: article.scope,
    nature: article.nature,
    mailboxId: idOf('mailbox-1'),
    profileId: idOf('profile-1'),
    direction: index % 2 === 0 ? 'incoming' : 'outgoing',
    slots: { mailbox: texts.mailbox, profile: texts.profile },
    raisedAt: at(-60 * (index + 1)),
    closedAt: null,
  };
}

function stepsOf(article: Article, now: number | null): readonly StepView[] {
  return article.steps.map((step, index) => ({
    step,
    now: index === now,
    onlyFor: now === null ? [...step.serverTypes, ...step.deployments] : [],
  }));
}

export function alertViewOf(
  article: Article,
  texts: OutsideTexts,
  mailbox: MailboxView | null,
  change: Partial<AlertView> = {},
): AlertView {
  return {
    article,
    slots: { mailbox: texts.mailbox, profile: texts.profile },
    direction: 'incoming',
    code: null,
    nature: 'permanent',
    confidence: 0.98,
    steps: stepsOf(article, mailbox === null ? null : Math.min(1, article.steps.length - 1)),
    related: [],
    answer: null,
    mayEdit: false,
    checksSetUp: false,
    organizer: null,
    mailbox,
    mailboxLookup: mailbox === null ? 'not-named' : 'found',
    candidates: [],
    ...change,
  };
}

export function stagesOf(
  texts: OutsideTexts,
  failsAt: 'tls' | 'authenticate' | null,
): StageResult[] {
  const stages: StageResult[] = [
    {
      stage: 'resolve',
      outcome: 'passed',
      tookMs: 3.2,
      evidence: [{ label: 'addresses', value: '192.0.2.10' }],
    },
    {
      stage: 'connect',
      outcome: 'passed',
      tookMs: 12,
      evidence: [{ label: 'endpoint', value: 'imap.contoso.example:993' }],
    },
    {
      stage: 'tls',
      outcome: failsAt === 'tls' ? 'failed' : 'passed',
      tookMs: 41,
      evidence: [
        { label: 'tls-version', value: 'TLSv1.3' },
        {
          label: 'certificate-subject',
          value:
            'imap.contoso.example, DNS:imap.contoso.example, DNS:smtp.contoso.example, DNS:pop.contoso.example, DNS:mail.contoso.example, IP Address:192.0.2.10',
        },
        { label: 'certificate-issuer', value: 'Contoso Root CA' },
        { label: 'certificate-valid-to', value: 'Nov  1 00:00:00 2026 GMT' },
      ],
    },
  ];
  if (failsAt === 'tls') return stages;
  stages.push(
    {
      stage: 'greeting',
      outcome: 'passed',
      tookMs: 8,
      evidence: [{ label: 'banner', value: texts.reply }],
    },
    {
      stage: 'authenticate',
      outcome: failsAt === null ? 'passed' : 'failed',
      tookMs: 230,
      evidence: [
        { label: 'user-name', value: texts.address },
        { label: 'server-reply', value: texts.reply },
      ],
    },
  );
  if (failsAt !== null) return stages;
  stages.push(
    { stage: 'authorise', outcome: 'skipped', tookMs: 0, evidence: [] },
    {
      stage: 'exchange',
      outcome: 'passed',
      tookMs: 55,
      evidence: [{ label: 'message-count', value: '42' }],
    },
  );
  return stages;
}

export function testRunViewOf(
  texts: OutsideTexts,
  mailbox: MailboxView,
  results: readonly [DirectionResult, DirectionResult, DirectionResult],
  change: Partial<TestRunView['run']> & { readonly articles?: TestRunView['articles'] } = {},
): TestRunView {
  const { articles, ...run } = change;
  const [incoming, outgoing, act] = results;
  return {
    run: {
      id: idOf('test-run-1'),
      mailboxId: mailbox.mailbox.id,
      requestedBy: idOf('user-2'),
      state: 'done',
      startedAt: NOW,
      finishedAt: new Date(Date.parse(NOW) + 2_400).toISOString(),
      results: { incoming, outgoing, act },
      raisedAlerts: [],
      releasedMessages: 0,
      ...run,
    },
    mailbox,
    requestedByName: texts.person,
    articles: articles ?? {},
  };
}

const STORY: Readonly<Record<Incident['state'], Incident['steps']>> = {
  confirming: [{ at: NOW, kind: 'confirming', attempt: null }],
  retrying: [1, 2, 3].map((attempt) => ({ at: at(attempt * 5), kind: 'retrying', attempt })),
  disabled: [
    { at: at(0), kind: 'confirming', attempt: null },
    { at: at(1), kind: 'disabled', attempt: null },
  ],
  'answers-again': [
    { at: at(0), kind: 'disabled', attempt: null },
    { at: at(30), kind: 'answers-again', attempt: null },
  ],
  closed: [
    { at: at(0), kind: 'disabled', attempt: null },
    { at: at(30), kind: 'answers-again', attempt: null },
    { at: at(31), kind: 'enabled', attempt: null },
  ],
};

export function incidentViewOf(
  texts: OutsideTexts,
  article: Article,
  state: Incident['state'],
  audience: IncidentView['audience'],
  mailboxes: readonly MailboxView[],
  mailboxCount = mailboxes.length,
): IncidentView {
  const scope = mailboxCount > 1 ? 'profile' : 'mailbox';
  return {
    incident: {
      id: idOf('incident-1'),
      cause: 'profile-1 credentials',
      scope,
      profileId: idOf('profile-1'),
      mailboxCount,
      counts: {
        confirming: 0,
        retrying: 0,
        disabled: mailboxCount - 1,
        'answers-again': 0,
        well: 1,
      },
      direction: 'outgoing',
      topic: article.id,
      failure: failureOf(texts),
      state,
      attempt: state === 'retrying' ? 3 : 0,
      nextAttemptAt: state === 'retrying' || state === 'confirming' ? at(20) : null,
      openedAt: NOW,
      closedAt: state === 'closed' ? at(31) : null,
      steps: STORY[state],
    },
    audience,
    article,
    mailboxes,
    mailboxCount,
    profileName: texts.profile,
    responsibleName: texts.person,
    disablesAt: state === 'retrying' ? at(55) : null,
    pendingSend: mailboxes.reduce((sum, { mailbox }) => sum + mailbox.pendingSend, 0),
  };
}
