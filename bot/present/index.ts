export { type AlertReference, alertView, referenceOf } from './alert-view.ts';
export { approvalRequestView, mayDecide } from './approval-request-view.ts';
export { deniedView } from './denied-view.ts';
export { findMailboxes } from './find-mailboxes.ts';
export { mailboxView, visibleContext } from './mailbox-view.ts';
export { createPresenter, type Presenter } from './presenter.ts';
export { unansweredView } from './unanswered-view.ts';
export { conversationViewer, personViewer, type Viewer } from './viewer.ts';
export { contextOf, type MailboxContext } from './world.ts';
