import type { Check } from '../check.ts';
import { refused } from '../refused.ts';

const SELF_APPROVAL =
  /<RequirePrivilegeToSelfApproveEmailAddress>\s*true\s*<\/RequirePrivilegeToSelfApproveEmailAddress>/i;

/** Nothing here is wrong: it is what cards about approval will say. */
export const approval: Check = {
  id: 'approval',
  title: {
    en: 'Approval of addresses',
    sv: 'Godkännande av adresser',
  },
  needs: ['table.organization'],
  async look(patient, signal) {
    const path =
      'organizations?$select=requireapprovalforuseremail,requireapprovalforqueueemail,orgdborgsettings&$top=1';
    const answer = await patient.get(path, signal);
    if (answer.status !== 200) return refused(answer);
    const [row] = (answer.body.value ?? []) as Readonly<Record<string, unknown>>[];
    const users = row?.requireapprovalforuseremail === true;
    const queues = row?.requireapprovalforqueueemail === true;
    const settings = row?.orgdborgsettings;
    const needsPrivilege = typeof settings === 'string' && SELF_APPROVAL.test(settings);
    const en = (isOn: boolean): string => (isOn ? 'approved ones only' : 'any address');
    const sv = (isOn: boolean): string => (isOn ? 'bara godkända' : 'alla adresser');
    return {
      outcome: 'ok',
      found: {
        en: `Users: ${en(users)}. Queues: ${en(queues)}. People ${needsPrivilege ? 'need a privilege to' : 'may'} approve their own address.`,
        sv: `Användare: ${sv(users)}. Köer: ${sv(queues)}. Att godkänna sin egen adress ${needsPrivilege ? 'kräver ett privilegium' : 'är tillåtet'}.`,
      },
    };
  },
};
