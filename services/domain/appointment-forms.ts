/**
 * Main forms for appointments: without the field Organizer on them appointments do not synchronize.
 * Names are texts from outside.
 */
export interface AppointmentForms {
  readonly withOrganizer: readonly string[];
  readonly withoutOrganizer: readonly string[];
}
