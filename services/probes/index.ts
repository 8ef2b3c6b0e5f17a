export type {
  MessageSender,
  Probe,
  ProbeCredentials,
  ProbeOutcome,
  ProbeRequest,
} from './probe.ts';
