/** An answer that is not success, as Dataverse words it. Thrown inside the fake, an answer outside. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What the fake does not know it does not guess. */
export const notInFake = (what: string): Refusal =>
  new Refusal(501, '0x80060000', `The fake organization does not know ${what}.`);

/** The documentation page of 2022 prints 0x0; answers seen since carry this code. */
export const badRequest = (message: string): Refusal => new Refusal(400, '0x80060888', message);

export const unknownProperty = (property: string, table: string): Refusal =>
  badRequest(
    `Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${table}'.`,
  );

export const invalidProperty = (property: string, table: string): Refusal =>
  new Refusal(
    400,
    '0x0',
    `An error occurred while validating input parameters: Microsoft.Crm.CrmException: Invalid property '${property}' was found in entity 'Microsoft.Dynamics.CRM.${table}'. ---> Microsoft.OData.ODataException: Does not support untyped value in non-open type.`,
  );

export const badPayload = (set: string, inner: string): Refusal =>
  new Refusal(
    400,
    '0x80048d19',
    `Error identified in Payload provided by the user for Entity :'${set}'  ---->  InnerException : Microsoft.OData.ODataException: ${inner}`,
  );

export const noSegment = (segment: string): Refusal =>
  new Refusal(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);

export const noRow = (table: string, id: string): Refusal =>
  new Refusal(404, '0x80040217', `${table} With Id = ${id} Does Not Exist`);

export const versionMismatch = (): Refusal =>
  new Refusal(
    412,
    '0x80060882',
    "The version of the existing record doesn't match the RowVersion property provided.",
  );
