import {
  type AdaptiveCard,
  addressChangedCard,
  alertCard,
  approvalRequestCard,
  earlyWarningCard,
  guideCard,
  incidentCard,
  mailboxCard,
  outboxCard,
  profileCard,
  profileOutageCard,
  rejectedAddressCard,
  testRunCard,
  waitingCard,
} from '../../cards/index.ts';
import type { CardReference } from '../../services/domain/card-reference.ts';
import { figuresOf } from '../../services/domain/turn-figures.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { alertView } from './alert-view.ts';
import { approvalRequestView } from './approval-request-view.ts';
import { aheadOf, earlyWarningView } from './early-warning-view.ts';
import { guideView } from './guide-view.ts';
import { incidentView } from './incident-view.ts';
import { failedItemsOf } from './item-views.ts';
import { mailboxView, visibleContext } from './mailbox-view.ts';
import { outboxView } from './outbox-view.ts';
import { profileOutageView } from './profile-outage-view.ts';
import { profileView } from './profile-view.ts';
import { sightViews, verdictsOf } from './sight-views.ts';
import { testRunView } from './test-run-view.ts';
import type { Viewer } from './viewer.ts';
import { waitingView } from './waiting-view.ts';
import type { World } from './world.ts';

/** Draws any card from its reference, its viewer and the live state. */
export interface Presenter {
  /** Null when what it is about is gone, or not for this viewer: both look the same. */
  present(reference: CardReference, viewer: Viewer, t: Translator): Promise<AdaptiveCard | null>;
}

export function createPresenter(world: World): Presenter {
  return {
    async present(reference, viewer, t) {
      switch (reference.card) {
        case 'alert': {
          const view = await alertView(world, reference, viewer, t, null);
          return view === null ? null : alertCard(view, t);
        }
        case 'incident': {
          const incident = await world.store.get('incidents', reference.incidentId);
          if (incident === undefined) return null;
          const view = await incidentView(world, incident, reference.audience, viewer, t);
          return view === null ? null : incidentCard(view, t);
        }
        case 'profile-outage': {
          const view = await profileOutageView(world, reference.outageId, viewer, t);
          return view === null ? null : profileOutageCard(view, t);
        }
        case 'guide': {
          const view = await guideView(world, reference.guideId, viewer, t);
          return view === null ? null : guideCard(view, t);
        }
        case 'early-warning': {
          const view = await earlyWarningView(world, reference.cause, viewer, t);
          return view === null ? null : earlyWarningCard(view, t);
        }
        default: {
          const context = await visibleContext(world, reference.mailboxId, viewer);
          if (context === null) return null;
          if (reference.card === 'mailbox') {
            const ahead = await aheadOf(world, context.mailbox);
            const view = await mailboxView(world, context, viewer, t);
            const figures = figuresOf(await world.engine.processedTurns(reference.mailboxId));
            const failed = await failedItemsOf(world, context.mailbox, t);
            const sights = await sightViews(world, context.mailbox, verdictsOf(context.mailbox));
            return mailboxCard({ ...view, figures, sights }, t, ahead, failed);
          }
          if (reference.card === 'rejected-address') {
            return rejectedAddressCard(await mailboxView(world, context, viewer, t), t);
          }
          if (reference.card === 'address-changed') {
            const mailbox = await mailboxView(world, context, viewer, t);
            return addressChangedCard({ ...reference, mailbox }, t);
          }
          if (reference.card === 'outbox') {
            return outboxCard(await outboxView(world, context, reference, viewer, t), t);
          }
          if (reference.card === 'waiting') {
            return waitingCard(await waitingView(world, context, reference, viewer, t), t);
          }
          if (reference.card === 'profile') {
            const view = await profileView(world, context, viewer, t);
            return view === null ? null : profileCard(view, t);
          }
          if (reference.card === 'test-run') {
            const run = await world.engine.testRun(reference.testRunId);
            if (run === undefined) return null;
            return testRunCard(await testRunView(world, run, context, viewer, t), t);
          }
          const request = await world.store.get('approvalRequests', reference.requestId);
          if (request === undefined) return null;
          return approvalRequestCard(
            await approvalRequestView(world, request, context, viewer, t),
            t,
          );
        }
      }
    },
  };
}
