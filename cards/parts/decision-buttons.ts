import type { ApprovalRequest } from '../../services/domain/approval-request.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { ExecuteAction } from '../card.ts';

export function decisionButtons(
  request: ApprovalRequest,
  address: string,
  t: Translator,
): readonly ExecuteAction[] {
  const decision = (what: 'approve' | 'reject') => ({
    requestId: request.id,
    decision: what,
    address,
    pressKey: `${request.id}:${request.version}:${what}`,
  });
  return [
    execute('decide-request', t('card.button.approve'), decision('approve'), { style: 'positive' }),
    execute('decide-request', t('card.button.reject'), decision('reject'), {
      style: 'destructive',
    }),
  ];
}
