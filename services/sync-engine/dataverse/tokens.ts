/** Tokens of the application user; bounded, in memory, never logged. */
export interface ApplicationTokens {
  /** `refused`: Dataverse turned this one down; another is wanted whatever the clock says. */
  token(signal: AbortSignal, refused?: string): Promise<string>;
}
