import { getEventListeners } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { channels } from '../../src/channels/registry.ts';
import { contactSchema } from '../../src/config/sections/contacts.ts';
import { reachesSchema } from '../../src/config/sections/reach.ts';
import { oneLine } from '../../src/texts/clean.ts';
import { settings } from '../support/settings.ts';
import { channelOf, deliver } from './support/deliver.ts';
import { outcomes, type Situation, type Situations, situationNames } from './support/situation.ts';

beforeAll(async () => {
  await Promise.all([import('axios'), import('nodemailer/lib/mail-composer')]);
});

const set = settings<Situation>();

/** One file a channel, of the channel's name, with the variants that it has. */
async function variantsOf(kind: string) {
  const file: { readonly situations: Situations } = await import(`./situations/${kind}.ts`);
  return Object.entries(file.situations).map(([variant, table]) => [variant, channelOf(kind), table] as const);
}

const variants = (await Promise.all(channels.map(({ kind }) => variantsOf(kind)))).flat();

describe.each(variants)('the channel %s', (_variant, channel, table) => {
  it.each(situationNames)('keeps the contract when the other side is %s', async (name) => {
    const setup = table[name];
    if (typeof setup === 'string') return;
    const { written, mail, taken } = await set(setup);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), name === 'hanging' ? 400 : 5000);
    const begun = performance.now();

    const outcome = await deliver(channel, written, undefined, { signal: controller.signal, ...(mail && { mail }) });

    clearTimeout(timer);
    expect(outcomes[name]).toContain(outcome.state);
    expect(outcome.response).toBe(oneLine(outcome.response));
    expect(outcome.response).not.toBe('');
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    if (outcome.state === 'sent' || outcome.state === 'uncertain') expect(taken()).toBe(1);
  });

  it('tries nothing when there is no time left, and says that nothing was delivered', async () => {
    const { written, mail, taken } = await set(typeof table.accepting === 'function' ? table.accepting : expect.fail());

    const outcome = await deliver(channel, written, undefined, { signal: AbortSignal.abort(), ...(mail && { mail }) });

    expect(outcome.state).toBe('retry');
    expect(taken()).toBe(0);
  });

  it('is shown by something that says where it leads', async () => {
    const { written } = await set(typeof table.accepting === 'function' ? table.accepting : expect.fail());

    const [reach] = reachesSchema(channel).parse(written);
    const shown = channel.describe(reach?.options);

    expect(shown).toBe(oneLine(shown, 300));
    expect(shown).not.toBe('');
  });
});

describe.each(channels.map((channel) => [channel.kind, channel] as const))('the declaration of %s', (_kind, channel) => {
  it('explains every option', () => {
    for (const [key, option] of Object.entries(channel.schema.shape)) {
      expect((option as z.ZodType).description ?? '', key).toMatch(/^[A-Z].*\.$/);
    }
    expect(channel.summary).toMatch(/^[A-Z].*[^.]$/);
  });

  it('has a short form only where one option is enough', () => {
    const { short, schema } = channel;
    if (short === undefined) return;
    const needed = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).required ?? [];

    expect(Object.keys(schema.shape)).toContain(short.option);
    expect(needed.filter((key) => key !== short.option)).toEqual([]);
  });

  it('refuses options that it does not know', () => {
    expect(channel.schema.safeParse({ nonsense: 1 }).error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
  });

  it('gives an example that is understood', () => {
    const examples = Object.values<unknown>(parse(channel.example, { logLevel: 'silent' }));

    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(() => contactSchema(channels).parse(asWritten(example))).not.toThrow();
  });
});

/** Tags of secrets are not known here: what they stand for is a web address or any word. */
function asWritten(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === 'slack.url' ? 'https://hooks.example/x' : value;
  if (Array.isArray(value)) return value.map(asWritten);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asWritten(inner)]));
}
