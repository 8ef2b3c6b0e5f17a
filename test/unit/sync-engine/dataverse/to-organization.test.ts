import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORGANIZATION_COLUMNS } from '../../../../services/sync-engine/dataverse/columns.ts';
import {
  organizationSettings,
  toOrganization,
} from '../../../../services/sync-engine/dataverse/to-organization.ts';

const around = { deployment: 'online', tenantId: 'tenant' } as const;
const row = { organizationid: '6F1C1F2E-0000-4000-8000-00000000000A', name: 'Contoso' };
const OWN = 'RequirePrivilegeToSelfApproveEmailAddress';
const settings = (value: string): string => `<OrgSettings><${OWN}>${value}</${OWN}></OrgSettings>`;
const needsPrivilege = (orgdborgsettings: unknown): boolean =>
  toOrganization({ ...row, orgdborgsettings }, around).approval.selfApprovalNeedsPrivilege;

describe("the organization's row", () => {
  it('says what must be approved and from when on a mailbox counts as failing', () => {
    expect(
      toOrganization(
        {
          ...row,
          requireapprovalforuseremail: false,
          requireapprovalforqueueemail: true,
          mailboxintermittentissueminrange: 2,
          mailboxpermanentissueminrange: 7,
        },
        around,
      ),
    ).toMatchObject({
      id: '6f1c1f2e-0000-4000-8000-00000000000a',
      name: 'Contoso',
      deployment: 'online',
      tenantId: 'tenant',
      approval: { requiredForUsers: false, requiredForQueues: true },
      performance: { intermittentFrom: 2, permanentFrom: 7 },
    });
  });

  it('requires approval where it does not say', () => {
    expect(toOrganization(row, around).approval).toEqual({
      requiredForUsers: true,
      requiredForQueues: true,
      selfApprovalNeedsPrivilege: false,
    });
  });

  it('keeps the usual thresholds where its own make no sense', () => {
    for (const [intermittent, permanent] of [
      [null, 3],
      [5, 5],
      [0, 4],
      [4, 1],
    ]) {
      const own = {
        mailboxintermittentissueminrange: intermittent,
        mailboxpermanentissueminrange: permanent,
      };
      expect(toOrganization({ ...row, ...own }, around).performance).toEqual({
        intermittentFrom: 1,
        permanentFrom: 5,
      });
    }
  });

  it('reads OrgDbOrgSettings as XML', () => {
    expect(needsPrivilege(settings('true'))).toBe(true);
    expect(needsPrivilege(settings(' True '))).toBe(true);
    expect(needsPrivilege(settings('false'))).toBe(false);
    expect(needsPrivilege(`<OrgSettings><!-- <${OWN}>true</${OWN}> --></OrgSettings>`)).toBe(false);
    expect(organizationSettings('<OrgSettings><A>1</A><B>x &amp; y</B></OrgSettings>')).toEqual(
      new Map([
        ['A', '1'],
        ['B', 'x & y'],
      ]),
    );
  });

  it('takes settings that are no XML, or declare entities, for none', () => {
    for (const text of ['', 'none', '<OrgSettings>', '<!DOCTYPE a><OrgSettings/>', null, 7]) {
      expect(needsPrivilege(text)).toBe(false);
    }
  });

  it('can be read whatever its columns hold', () => {
    const anything = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string());
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...ORGANIZATION_COLUMNS), anything), (values) => {
        const { performance } = toOrganization(values, around);
        expect(performance.permanentFrom).toBeGreaterThan(performance.intermittentFrom);
      }),
    );
  });
});
