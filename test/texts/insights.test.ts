import { describe, expect, it } from 'vitest';
import { causeCodes } from '../../src/core/observation.ts';
import { languages } from '../../src/core/rules.ts';
import { meaningText } from '../../src/texts/meanings.ts';
import { renderMail } from '../../src/texts/render.ts';
import { ended, incident, insights, known, type MessageParts, message, resolved, rules, run, start } from './sample.ts';

function text(parts: MessageParts = {}): string {
  return renderMail(message(parts)).text;
}

function firstScreen(parts: MessageParts): string {
  return text(parts).split('\n').slice(0, 16).join('\n');
}

describe('what a cause means', () => {
  it.each(languages)('is said for every cause in one or two short sentences (%s)', (language) => {
    const all = causeCodes.map((code) => meaningText({ code }, language) ?? '');

    for (const one of all) expect(one).toMatch(/^\p{Lu}.{20,150}\.$/u);
    expect(new Set(all).size).toBe(all.length);
  });

  it('is told below the cause while somebody is needed', () => {
    expect(text()).toContain('(port closed).\nThat means: The machine is running, but the program on it probably is not');
    expect(text({ incidents: [resolved()] })).not.toContain('That means');
    expect(text({ incidents: [incident({ cause: { code: 'unknown', evidence: [] } })] })).not.toContain('That means');
  });

  it('is what diagnosis found, where it found more', () => {
    const meaning = { en: 'Everything on web1 is off.', de: 'Auf web1 ist alles aus.' };
    const told = incident({ cause: { code: 'port-closed', meaning, evidence: [] } });

    expect(text({ incidents: [told], language: 'de' })).toContain('Das heißt: Auf web1 ist alles aus.');
  });

  it('is left out where the words of the kind mean something of their own', () => {
    const sentence = { en: 'a port is open that must stay closed', de: 'ein Port steht offen, der geschlossen sein muss' };

    expect(meaningText({ code: 'content', sentence }, 'en')).toBeNull();
    expect(meaningText({ code: 'port-closed', sentence }, 'en')).not.toBeNull();
  });
});

describe('what was looked at', () => {
  const { diagnosis } = incident(insights);

  it('is told layer by layer in plain words, after the instructions', () => {
    expect(text({ incidents: [incident({ diagnosis })], language: 'de' })).toContain(
      [
        '    2. systemctl status nginx',
        '',
        'Was geprüft wurde:',
        '- ✓ Netzwerkkarte eth0: verbunden',
        '- ✓ Router 192.168.178.1: antwortet (3 of 3 answered)',
        '- ? Nameserver 192.168.178.1: nicht zu klären',
        '- ✗ Port www.kanzlei.example:443: nimmt keine Verbindungen an (connection refused)',
      ].join('\n'),
    );
  });

  it('keeps to ten lines and to what is bad', () => {
    const good = { layer: 'resolver', verdict: 'good', subject: 'x', detail: '' } as const;
    const findings = [...Array.from({ length: 30 }, () => good), ...(diagnosis?.findings.slice(-1) ?? [])];
    const told = text({ incidents: [incident({ diagnosis: { at: start, code: 'port-closed', findings } })] });

    expect(told.match(/^- [✓✗?] /gmu)).toHaveLength(10);
    expect(told).toContain('- ✗ Port');
  });

  it('steers nothing with words from outside', () => {
    const findings = [{ layer: 'port', verdict: 'bad', subject: 'a\r\nb', detail: '<b>\u001b[31mx' }] as const;
    const mail = renderMail(message({ incidents: [incident({ diagnosis: { at: start, code: 'port-closed', findings } })] }));

    expect(mail.text).toContain('- ✗ Port a b: accepts no connections (<b>x)');
    expect(mail.html).toContain('&lt;b&gt;x');
  });
});

describe('instructions', () => {
  const runbook = {
    text: 'In general',
    sections: [
      { when: ['timeout'], text: 'When it hangs' },
      { when: ['port-closed', 'host-unreachable'], text: 'When it is off\n' },
    ],
  } as const;
  const base = rules();
  const services = { Website: { ...base.services.Website!, runbook } };

  it('for the cause come first, those for other causes not at all', () => {
    const told = text({ rules: { ...base, services } });

    expect(told).toContain('    When it is off\n\n    In general\n');
    expect(told).not.toContain('When it hangs');
  });

  it('stay inside', () => {
    expect(text({ rules: { ...base, services }, contact: { outside: true } })).not.toMatch(/In general|Instructions/);
  });
});

describe('a remedy', () => {
  const told = (remedies: readonly ReturnType<typeof run>[], parts: MessageParts = {}) =>
    firstScreen({ ...parts, incidents: [incident({ remedies })] });

  it('that is being tried stands on the first screen', () => {
    expect(told([run()])).toContain('Being tried: systemctl restart nginx; the next mail says whether it helped.');
    expect(told([run({ state: 'waiting' })], { language: 'de' })).toContain(
      'Wird gerade versucht: systemctl restart nginx; ob es geholfen hat, steht in der nächsten Mail.',
    );
  });

  it('that was tried stands with how it ended', () => {
    const runs = [ended('no-effect'), ended('no-effect'), ended('failed', { outcome: 'exit status 1' })];

    expect(told(runs)).toContain(
      'Tried so far: systemctl restart nginx: had no effect (exit status 0), 2 times; systemctl restart nginx: failed (exit status 1)',
    );
    expect(told([ended('uncertain', { outcome: null })], { language: 'de' })).toContain(
      'Schon versucht: systemctl restart nginx: wie es ausging, ist nicht bekannt',
    );
    expect(told([ended('withdrawn')])).not.toMatch(/Tried|Being tried/);
  });

  it('after which nothing more may be tried leaves it to a person, until there is another attempt', () => {
    const exhausted = { at: start, type: 'remedies-exhausted' } as const;
    const again = { at: start, type: 'remedy-started' } as const;
    const screen = (timeline: readonly (typeof exhausted | typeof again)[]) =>
      firstScreen({ incidents: [incident({ remedies: [ended('no-effect')], timeline })] });

    expect(screen([exhausted])).toContain('Nothing more may be tried automatically, so a person is needed now.');
    expect(screen([exhausted, again])).not.toContain('Nothing more');
  });

  it('that helped is what fixed it in the report, and is not asked for', () => {
    const over = resolved({ remedies: [ended('helped')] });
    const report = text({ incidents: [over], notification: { kind: 'recovered' } });
    const question = text({ incidents: [over], notification: { kind: 'cause-missing' } });

    expect(report).toContain('Fixed by itself: systemctl restart nginx\n');
    expect(report).not.toContain('Tried');
    expect(question).toContain('systemctl restart nginx has fixed it by itself. What was the cause?');
    expect(question).toContain("--cause 'what it was' --by anna");
  });

  it('that did not help is in the report beside what did', () => {
    const over = resolved({ remedies: [ended('no-effect')], resolution: { by: 'anna', at: start, fix: 'rebooted' } });
    const report = text({ incidents: [over], notification: { kind: 'recovered' } });

    expect(report).toContain('What helped: rebooted\nTried: systemctl restart nginx: had no effect');
  });

  it('that was in vain is told to whoever takes it', () => {
    const told = text({ incidents: [incident({ remedies: [ended('no-effect')] })], notification: { kind: 'taken' } });

    expect(told).toContain('Tried so far: systemctl restart nginx: had no effect');
  });

  it('holds the levels while it is tried first', () => {
    const held = incident({ remedies: [run()], remedyUntil: start + 600_000 });

    expect(text({ incidents: [held] })).toContain('Others are told only if what is being tried does not help.');
  });

  it('is not spelt out to outsiders, nor are people’s words', () => {
    const screen = text({ incidents: [incident({ known, remedies: [run(), ended('failed')] })], contact: { outside: true } });

    expect(screen).toContain('Being tried: An automatic repair; the next mail says');
    expect(screen).toContain('Tried so far: An automatic repair, without success.');
    expect(screen).toContain('Known: Seen 3 times, last on 2 April.');
    expect(screen).not.toMatch(/systemctl|nginx/);
  });
});
