import { type History, type HistoryOptions, openHistory } from '../../../src/store/history.ts';

/** Opens a history that also answers in time on a machine that is busy with other tests. */
export function openPatiently(folder: string, options: HistoryOptions = {}): History {
  return openHistory(folder, { deadlineMs: 15_000, ...options });
}
