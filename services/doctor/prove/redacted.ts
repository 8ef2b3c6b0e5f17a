const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const ADDRESS = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** Fit to be sent to strangers: whose organization it is does not show either. */
export function redacted(text: string, hosts: readonly string[]): string {
  const named = text.replaceAll(GUID, '<id>').replaceAll(ADDRESS, '<address>');
  return hosts.reduce((rest, host) => rest.replaceAll(host, '<organization>'), named);
}
