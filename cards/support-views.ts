import type { Alert } from '../services/domain/alert.ts';
import type { Mailbox } from '../services/domain/mailbox.ts';
import type { Organization } from '../services/domain/organization.ts';
import type { EmailServerProfile } from '../services/domain/profile.ts';
import type { TestRun } from '../services/domain/test-run.ts';
import type { Instant } from '../services/domain/time.ts';
import type { SightView } from './sight-views.ts';

/** What somebody who cannot look into Dynamics 365 needs to know; holds no secret and no person's name. */
export interface SupportView {
  readonly at: Instant;
  readonly mailbox: Mailbox;
  readonly profile: EmailServerProfile | null;
  readonly organization: Organization | null;
  readonly alerts: readonly {
    readonly alert: Alert;
    /** As Dynamics 365 words it; null for an information. */
    readonly words: string | null;
    readonly title: string;
    readonly codes: readonly string[];
  }[];
  readonly run: TestRun | null;
  readonly sights: readonly SightView[];
}
