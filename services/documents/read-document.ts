/** A file that a person sent instead of the alert's text. */
export type DocumentText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture' }
  /** The type is one we read, but this file is damaged or empty. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unsupported' };
