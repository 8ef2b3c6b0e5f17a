import type { AppointmentForms } from '../../domain/appointment-forms.ts';
import { parseXml } from '../../probes/index.ts';
import { literal } from './odata-literal.ts';
import { textIn } from './row-values.ts';
import type { Asking, WebApi } from './web-api.ts';

const MAIN = 2;
const ACTIVE_FORM = 1;
/** Organizations have a handful of forms for appointments. */
const MOST = 50;

/** The published main forms that are in use; others are not what people open. */
export async function readAppointmentForms(
  { list }: Pick<WebApi, 'list'>,
  asking: Asking,
): Promise<AppointmentForms> {
  const forms = await list(
    'systemforms',
    {
      select: ['name', 'formxml'],
      filter: `objecttypecode eq ${literal('appointment')} and type eq ${MAIN} and formactivationstate eq ${ACTIVE_FORM}`,
      top: MOST,
      bare: true,
    },
    asking,
  );
  const withOrganizer: string[] = [];
  const withoutOrganizer: string[] = [];
  for (const form of forms) {
    const names = hasOrganizer(textIn(form, 'formxml')) ? withOrganizer : withoutOrganizer;
    names.push(textIn(form, 'name') ?? '');
  }
  return { withOrganizer, withoutOrganizer };
}

/** A field is on a form where one of its controls is bound to it. */
export function hasOrganizer(formXml: string | null): boolean {
  const form = formXml === null ? null : parseXml(formXml);
  const controls = form === null ? [] : [...form.getElementsByTagName('control')];
  return controls.some((control) => control.getAttribute('datafieldname') === 'organizer');
}
