import { describe, expect, it } from 'vitest';
import { parse, type ScalarTag } from 'yaml';
import { z } from 'zod';
import { secret } from '../../src/lib/secret.ts';
import type { Typed } from '../../src/probes/contract.ts';
import { probeOf, probes } from '../../src/probes/registry.ts';

/** Options of every check, which are not the kinds' own. */
const common = new Set(['interval', 'schedule', 'timeout', 'part', 'watch', 'warning', 'critical', 'name']);
const tags: ScalarTag[] = ['env', 'file', 'credential'].map((name) => ({
  tag: `!${name}`,
  resolve: (text: string) => secret(text),
}));

function examples(): readonly (readonly [string, string | Readonly<Record<string, unknown>>])[] {
  return probes.flatMap((probe) => {
    const checks: unknown = parse(probe.example, { customTags: tags });
    return (checks as readonly (string | Readonly<Record<string, unknown>>)[]).map((check) => [probe.kind, check] as const);
  });
}

describe('the registry of check kinds', () => {
  it('names each kind and each URL scheme once', () => {
    const kinds = probes.map(({ kind }) => kind);
    const schemes = probes.flatMap(({ schemes = [] }) => schemes);

    expect(new Set(kinds).size).toBe(kinds.length);
    expect(new Set(schemes).size).toBe(schemes.length);
    expect(probeOf('http')?.kind).toBe('http');
    expect(probeOf('constructor')).toBeUndefined();
  });

  it.each(probes.map((probe) => [probe.kind, probe] as const))('describes %s well enough for the reference', (_kind, probe) => {
    expect(probe.summary.length).toBeGreaterThan(20);
    expect(probe.measures.every(({ about }) => about.length > 10)).toBe(true);
    expect(probe.measures.filter(({ main }) => main).length).toBe(1);
    expect(new Set(probe.measures.map(({ name }) => name)).size).toBe(probe.measures.length);
    const { properties = {} } = z.toJSONSchema(probe.schema, { io: 'input', unrepresentable: 'any' });
    expect(Object.entries(properties).filter(([, option]) => typeof option === 'boolean' || !option.description)).toEqual([]);
  });

  it.each(probes.map((probe) => [probe.kind, probe] as const))(
    'has words for the causes of %s that fit into a mail',
    (_kind, probe) => {
      for (const { en, de } of Object.values(probe.sentences ?? {})) {
        expect(en).toMatch(/^\p{Ll}[^.!?:]{9,79}$/u);
        expect(de).toMatch(/^\p{L}[^.!?:]{9,79}$/u);
        expect(de).not.toBe(en);
      }
      for (const steps of Object.values(probe.firstSteps ?? {}))
        for (const step of Object.values(steps)) expect(step).toMatch(/^\p{Lu}.{20,140}\.$/u);
    },
  );

  it.each(examples())('has an example of %s that is valid: %j', (kind, check) => {
    const probe = probeOf(kind);
    const written = typeof check === 'string' ? { [kind]: check } : check;
    const [first] = Object.keys(written);
    const own = Object.entries(written).filter(([key]) => key !== kind && !common.has(key));

    expect(first).toBe(kind);
    expect(
      probe?.schema.safeParse({ ...probe.target((written[kind] ?? null) as Typed, null), ...Object.fromEntries(own) }),
    ).toMatchObject({
      success: true,
    });
  });

  it.each(probes.map((probe) => [probe.kind, probe] as const))('refuses options that %s does not have', (_kind, probe) => {
    expect(probe.schema.safeParse({ nonsense: 1 })).toMatchObject({ success: false });
  });
});
