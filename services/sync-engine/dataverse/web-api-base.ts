import { addressObjection, type DataverseDeployment } from '../../domain/dataverse-address.ts';
import { AppError } from '../../observability/index.ts';

const VERSION = { online: 'v9.2', 'on-premises': 'v9.1' } as const;

/** Where the Web API of an organization begins; a token is sent nowhere else. */
export function baseOf(url: URL, deployment: DataverseDeployment): URL {
  const objection = addressObjection(url, deployment);
  if (objection !== undefined) throw new AppError('config-invalid', `DATAVERSE_URL ${objection}`);
  return new URL(`${url.href.replace(/\/+$/, '')}/api/data/${VERSION[deployment]}/`);
}
