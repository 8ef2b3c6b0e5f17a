/**
 * The columns that are read, by table (domain.md §4). Only what is needed: a mailbox's row holds up to
 * a gigabyte of synchronization state. Columns that are newer than on-premises 9.1 are not among them.
 */
export const MAILBOX_COLUMNS = [
  'mailboxid',
  'name',
  'emailaddress',
  '_emailserverprofile_value',
  '_regardingobjectid_value',
  '_ownerid_value',
  'isforwardmailbox',
  'statecode',
  'emailrouteraccessapproval',
  'isemailaddressapprovedbyo365admin',
  'incomingemaildeliverymethod',
  'outgoingemaildeliverymethod',
  'actdeliverymethod',
  'enabledforincomingemail',
  'enabledforoutgoingemail',
  'enabledforact',
  'incomingemailstatus',
  'outgoingemailstatus',
  'actstatus',
  'testemailconfigurationscheduled',
  'testmailboxaccesscompletedon',
  'lastsuccessfulsynccompletedon',
  'lastsyncerroroccurredon',
  'postponemailboxprocessinguntil',
  'postponesendinguntil',
  'receivingpostponeduntil',
  'receivingpostponeduntilforact',
  'transientfailurecount',
  'modifiedon',
  'versionnumber',
] as const;

export const PROFILE_COLUMNS = [
  'emailserverprofileid',
  'name',
  '_ownerid_value',
  'servertype',
  'exchangeversion',
  'exchangeonlinetenantid',
  'defaultserverlocation',
  'incomingserverlocation',
  'incomingportnumber',
  'incomingusessl',
  'incomingcredentialretrieval',
  'incominguseimpersonation',
  'outgoingserverlocation',
  'outgoingportnumber',
  'outgoingusessl',
  'outgoingcredentialretrieval',
  'useautodiscover',
  'usesamesettingsforoutgoingconnections',
  'sendemailalert',
  'statecode',
  'versionnumber',
] as const;

export const ORGANIZATION_COLUMNS = [
  'organizationid',
  'name',
  'requireapprovalforuseremail',
  'requireapprovalforqueueemail',
  'mailboxintermittentissueminrange',
  'mailboxpermanentissueminrange',
  'orgdborgsettings',
] as const;

export const TRACE_LOG_COLUMNS = [
  'tracelogid',
  'text',
  'level',
  'tracecode',
  'errortypedisplay',
  'errordetails',
  'tracestatus',
  'createdon',
  'modifiedon',
  '_regardingobjectid_value',
  '_regardingobjectownerid_value',
] as const;

export const STATISTICS_COLUMNS = [
  'mailboxstatisticsid',
  '_mailboxid_value',
  'operationtypeid',
  'processresult',
  'itemsprocessed',
  'itemsfailed',
  'crmitemsbacklog',
  'mailboxprocessscheduledon',
  'mailboxprocessstartedon',
  'mailboxprocesscompletedon',
] as const;

export const EMAIL_COLUMNS = [
  'activityid',
  'subject',
  'torecipients',
  'statuscode',
  'deliveryattempts',
  'messageid',
  '_sendermailboxid_value',
  'createdon',
  'modifiedon',
] as const;

export const SYNC_FAILURE_COLUMNS = [
  'exchangesyncidmappingid',
  'itemsubject',
  'lastsyncerror',
  'lastsyncerrorcode',
  'lastsyncerroroccurredon',
  '_ownerid_value',
] as const;
