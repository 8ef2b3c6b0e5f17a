import { idOf, type ProfileId } from '../../domain/ids.ts';
import type { EmailServerProfile, ServerType } from '../../domain/profile.ts';
import { MINUTE_MS } from '../../domain/time.ts';
import { PROFILE_COLUMNS } from './columns.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { keptFor } from './kept-for.ts';
import type { Owners } from './owners.ts';
import { keyIn } from './row-values.ts';
import { serverTypeIn, toProfile } from './to-profile.ts';
import type { Asking, Row } from './web-api.ts';

export interface Profiles {
  /** As they are now. */
  read(ids: readonly string[], asking: Asking): Promise<ReadonlyMap<string, EmailServerProfile>>;
  /** What each of them is; changes of it are seen within a minute. */
  serverTypes(asking: Asking): Promise<ReadonlyMap<ProfileId, ServerType>>;
}

const KEPT_MS = MINUTE_MS;

/** An organization has a handful of them, and each mailbox needs one. */
export function createProfiles(
  { api, organizationId, scheduler }: Pick<DataverseParts, 'api' | 'organizationId' | 'scheduler'>,
  owners: Owners,
): Profiles {
  async function toProfiles(
    rows: readonly Row[],
    asking: Asking,
  ): Promise<ReadonlyMap<string, EmailServerProfile>> {
    const ownerIds = await owners.ofRecords(rows, asking);
    return new Map(
      rows.map((row, index) => {
        const profile = toProfile(row, { organizationId, ownerId: ownerIds[index] ?? null });
        return [profile.id, profile];
      }),
    );
  }

  return {
    async read(ids, asking) {
      const query = { select: PROFILE_COLUMNS };
      const rows = await api.batch(
        ids.map((id) => ({ set: 'emailserverprofiles', id, query })),
        asking,
      );
      return toProfiles(
        rows.filter((row) => row !== undefined),
        asking,
      );
    },
    serverTypes: keptFor(scheduler, KEPT_MS, async (asking) => {
      const query = { select: PROFILE_COLUMNS, bare: true };
      const types = new Map<ProfileId, ServerType>();
      for (const row of await api.list('emailserverprofiles', query, asking)) {
        const id = keyIn(row, 'emailserverprofileid');
        if (id !== null) types.set(idOf(id), serverTypeIn(row));
      }
      return types;
    }),
  };
}
