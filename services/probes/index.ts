export type {
  MessageSender,
  Probe,
  ProbeCredentials,
  ProbeOutcome,
  ProbeRequest,
  Secret,
} from './probe.ts';
