import type { Answers } from '../../services/answers/index.ts';
import type { Approvals } from '../../services/approvals/index.ts';
import type { Directory } from '../../services/directory/index.ts';
import type { readDocument } from '../../services/documents/index.ts';
import type { Editing } from '../../services/editing/index.ts';
import type { Guides } from '../../services/guides/index.ts';
import type { Texts } from '../../services/i18n/index.ts';
import type { Knowledge } from '../../services/knowledge/index.ts';
import type { Notifications } from '../../services/notifications/index.ts';
import type { Log } from '../../services/observability/index.ts';
import type { Clock } from '../../services/scheduler/index.ts';
import type { Store } from '../../services/store/index.ts';
import type { SyncEngine } from '../../services/sync-engine/index.ts';
import type { UnansweredTexts } from '../../services/unanswered/index.ts';
import type { Presenter } from '../present/index.ts';
import type { Commands } from './commands.ts';
import type { Download } from './download.ts';
import type { SignIn } from './sign-in/sign-in.ts';

/** Everything that handlers and actions may use; a handler that wants more wants a service. */
export interface BotServices {
  readonly engine: SyncEngine;
  readonly directory: Directory;
  readonly knowledge: Knowledge;
  readonly answers: Answers;
  readonly unanswered: UnansweredTexts;
  readonly editing: Editing;
  readonly approvals: Approvals;
  readonly guides: Guides;
  readonly notifications: Notifications;
  readonly store: Store;
  readonly presenter: Presenter;
  readonly texts: Texts;
  readonly commands: Commands;
  readonly readDocument: typeof readDocument;
  readonly download: Download;
  /** Null where nothing wants to know who acts, or nobody has set it up. */
  readonly signIn: SignIn | null;
  readonly clock: Clock;
  readonly log: Log;
  /** Raised when the program stops. */
  readonly stopping: AbortSignal;
}
