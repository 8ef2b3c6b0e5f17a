import { type Approvals, carriesApproval } from './approvals.ts';
import type { Caller } from './callers.ts';
import type { Inside } from './inside.ts';
import { checkDeletion, checkMailbox } from './mailbox-rules.ts';
import type { Table } from './metadata.ts';
import { withPasswordFlags } from './password-flags.ts';
import { checkProfile } from './profile-rules.ts';
import type { Row, Values } from './row.ts';
import { withState } from './state-rules.ts';
import type { TestAndEnable } from './test-and-enable.ts';

/** What the platform does beside keeping what was written. */
export interface Rules {
  beforeCreate(table: Table, values: Values): Values;
  /** What is to be written in the end; nothing where a write is silently dropped. */
  beforeUpdate(table: Table, row: Row, values: Values, caller: Caller): Values;
  afterUpdate(table: Table, row: Row, written: Values, caller: Caller): void;
  beforeDelete(table: Table, row: Row): void;
}

export function createRules(inside: Inside, approvals: Approvals, tests: TestAndEnable): Rules {
  return {
    beforeCreate(table, values) {
      if (table.name === 'emailserverprofile') checkProfile(values);
      return withPasswordFlags(withState(table, undefined, values));
    },
    beforeUpdate(table, row, values, caller) {
      const stated = withPasswordFlags(withState(table, row, values));
      if (table.name === 'mailbox') checkMailbox(inside, row, stated);
      if (table.name === 'emailserverprofile') checkProfile({ ...row.values, ...stated });
      if (table.name === 'systemuser' || table.name === 'queue') {
        return approvals.rule(row, approvals.addressReset(row, stated), caller);
      }
      const ruled = carriesApproval(table.name) ? approvals.rule(row, stated, caller) : stated;
      return table.name === 'mailbox' ? tests.beforeSave(row, ruled, caller) : ruled;
    },
    afterUpdate(table, row, written, caller) {
      if (carriesApproval(table.name)) approvals.follow(table.name, row, written, caller);
      if (table.name === 'mailbox') tests.afterSave(row, written);
    },
    beforeDelete(table, row) {
      if (table.name === 'mailbox') checkDeletion(row);
    },
  };
}
