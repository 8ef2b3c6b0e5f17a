/** One thing wrong in a file or a setting; all of them are reported at once, each with its remedy. */
export interface Problem {
  /** A file name or `environment`. */
  readonly where: string;
  /** Path inside it, e.g. `mailboxes[2].address`, or the name of a setting. */
  readonly path: string;
  readonly what: string;
  readonly remedy: string;
}
