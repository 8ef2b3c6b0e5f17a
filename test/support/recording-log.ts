import type { Log, LogFields } from '../../services/observability/index.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
}

export interface RecordingLog extends Log {
  readonly lines: readonly LogLine[];
}

/** A log that a test can read. */
export function createRecordingLog(lines: LogLine[] = []): RecordingLog {
  const at =
    (level: LogLine['level']) =>
    (event: string, fields: LogFields = {}): void => {
      lines.push({ level, event, fields });
    };
  return {
    lines,
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => createRecordingLog(lines),
  };
}
