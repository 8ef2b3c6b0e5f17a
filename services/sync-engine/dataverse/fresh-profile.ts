import type { OrganizationId, ProfileId, UserId } from '../../domain/ids.ts';
import type { EmailServerProfile } from '../../domain/profile.ts';
import { PROFILE_COLUMNS } from './columns.ts';
import type { Owners } from './owners.ts';
import { textIn, versionIn } from './row-values.ts';
import { toProfile } from './to-profile.ts';
import type { Asking, Row, WebApi } from './web-api.ts';

/** A profile as it was just read, to be changed if nobody else is quicker. */
export interface FreshProfile {
  readonly row: Row;
  /** Of this very state of the row. */
  readonly etag: string;
  readonly version: number;
  readonly ownerId: UserId | null;
  readonly profile: EmailServerProfile;
}

export interface ProfileReading {
  readonly api: Pick<WebApi, 'get'>;
  readonly owners: Pick<Owners, 'ofRecords'>;
  readonly organizationId: OrganizationId;
}

export async function freshProfile(
  { api, owners, organizationId }: ProfileReading,
  id: ProfileId,
  asking: Asking,
): Promise<FreshProfile | undefined> {
  const row = await api.get('emailserverprofiles', id, { select: PROFILE_COLUMNS }, asking);
  if (row === undefined) return undefined;
  const [ownerId = null] = await owners.ofRecords([row], asking);
  return {
    row,
    etag: textIn(row, '@odata.etag') ?? '',
    version: versionIn(row),
    ownerId,
    profile: toProfile(row, { organizationId, ownerId }),
  };
}
