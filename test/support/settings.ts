import { afterEach, expect, vi } from 'vitest';

/** What a test sets up for the other side of a probe or a channel, and how that ends. */
interface Setting {
  readonly end?: () => Promise<unknown> | unknown;
}

/**
 * Sets up and, after each test, ends; the test fails where sockets, processes or pipes are left that were not there before.
 * Called once in a test file, outside of tests.
 */
export function settings<S extends Setting>(): (setup: () => Promise<S> | S) => Promise<S> {
  let heldBefore = 0;
  let ending: Setting['end'];
  afterEach(async () => {
    await ending?.();
    ending = undefined;
    await vi.waitFor(() => expect(held()).toBeLessThanOrEqual(heldBefore), 3000);
  });
  return async (setup) => {
    heldBefore = held();
    const setting = await setup();
    ending = setting.end;
    return setting;
  };
}

function held(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP|Process|Pipe/.test(name)).length;
}
