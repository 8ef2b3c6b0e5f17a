/**
 * A row as OData writes it: `name`, `_emailserverprofile_value`, `@odata.etag`, and beside a column
 * its annotations, `actstatus@OData.Community.Display.V1.FormattedValue`.
 */
export type Row = Readonly<Record<string, unknown>>;

export const FORMATTED_VALUE = 'OData.Community.Display.V1.FormattedValue';
/** Which table a lookup with several targets leads to: `_regardingobjectid_value@…` is `queue`. */
export const LOOKUP_TABLE = 'Microsoft.Dynamics.CRM.lookuplogicalname';

export interface Asking {
  readonly signal: AbortSignal;
  /** `background` yields to a person who waits, and leaves a share of the limits to people. */
  readonly priority: 'person' | 'background';
  /** The actor's token; absent: the application user's. Asked again when Dataverse refused it. */
  readonly as?: (signal: AbortSignal) => Promise<string>;
}

export interface Query {
  readonly select: readonly string[];
  readonly filter?: string;
  readonly orderBy?: string;
  /** So many rows and no more; without it all of them, page after page. */
  readonly top?: number;
  readonly expand?: string;
  /** Without formatted values and tables of lookups, for reading many rows: a third of the bytes. */
  readonly bare?: boolean;
}

type OneRow = Pick<Query, 'select' | 'expand'>;

export type Written =
  | { readonly kind: 'done'; readonly id: string }
  | { readonly kind: 'not-found' }
  /** 412: the row is no longer the one that the ETag was of. */
  | { readonly kind: 'changed-meanwhile' }
  /** Dynamics 365 said no in its own words; `message` is a text from outside. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
    };

export type Changes =
  | {
      readonly kind: 'changes';
      readonly rows: readonly Row[];
      /** Keys of rows that were deleted since, known here or not. */
      readonly removed: readonly string[];
      readonly deltaLink: string;
    }
  /** The link is too old, or not of this organization: begin again without one. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'not-tracked' };

export interface RowOf {
  readonly set: string;
  readonly id: string;
  readonly query: OneRow;
}

export interface ListOf {
  readonly set: string;
  readonly query: Query & { readonly top: number };
}

/**
 * The Web API of one organization. What can be expected is a value; a machine that is broken (no
 * network, a token that is refused twice, no privilege to read, too busy for too long) is an AppError
 * with one of the codes `dynamics-…`. An id that is no GUID is a row that is not there.
 */
export interface WebApi {
  /** https://contoso.crm4.dynamics.com */
  readonly origin: string;
  /** Every change is refused, before anything is sent. */
  readonly isReadOnly: boolean;
  /** The set of a table whose page does not name it, as the organization does; asked once. */
  setOf(table: string, asking: Asking): Promise<string>;
  get(set: string, id: string, query: OneRow, asking: Asking): Promise<Row | undefined>;
  list(set: string, query: Query, asking: Asking): Promise<readonly Row[]>;
  pages(set: string, query: Query, asking: Asking): AsyncIterable<readonly Row[]>;
  /** Up to 5 000: Dataverse counts no further. */
  count(set: string, filter: string | undefined, asking: Asking): Promise<number>;
  /** Not repeated when the connection breaks: the row may be there. */
  create(set: string, values: Row, asking: Asking): Promise<Written>;
  /** Never makes a row that is not there. */
  update(
    set: string,
    id: string,
    values: Row,
    asking: Asking & { readonly etag?: string },
  ): Promise<Written>;
  /** All rows and a link, or what came since the link. */
  changes(
    set: string,
    select: readonly string[],
    deltaLink: string | null,
    asking: Asking,
  ): Promise<Changes>;
  /** Many rows by id in few requests, in the order asked for; undefined is not there. */
  batch(requests: readonly RowOf[], asking: Asking): Promise<readonly (Row | undefined)[]>;
  /** Several lists in one request, none longer than a page: the newest few of each of many. */
  lists(requests: readonly ListOf[], asking: Asking): Promise<readonly (readonly Row[])[]>;
  /** A function: `WhoAmI`, `RetrieveCurrentOrganization(AccessType=@p1)?@p1=…`. */
  call(functionPath: string, asking: Asking): Promise<Row>;
}
