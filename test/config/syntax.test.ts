import { describe, expect, it } from 'vitest';
import { example } from './support/example.ts';
import { problemsOf } from './support/office.ts';

/** `line:col` of each problem. */
const placesOf = (told: readonly string[]) => told.map((line) => line.replace(/: .*/s, ''));

describe('what is never closed', () => {
  it.each([
    [
      'a double quote',
      'site: a\nadmin: "b\nlanguage: de\n',
      '2:8',
      /the quote that begins here is never closed; write another "/,
    ],
    ['a double quote before other quotes', 'site: a\nadmin: "b\nlanguage: "de"\n', '2:8', /the quote .* never closed/],
    ['a single quote', "site: a\nadmin: 'it''s\nlanguage: de\n", '2:8', /the quote .* never closed; write another '/],
    ['a quote that a backslash takes', 'site: a\nadmin: "C:\\\\dir\\"\nlanguage: de\n', '2:8', /the quote .* never closed/],
    ['a quote of a list', 'site: a\ncontacts:\n  anna: { email: ["a@b.example, c@d.example] }\n', '3:19', /the quote/],
    ['a quote whose end opens the next', 'contacts: {\n  a: "a@b.example,\n  b: "b@b.example" }\n', '2:6', /the quote/],
    [
      'a list',
      'site: a\nadmin: [b\nlanguage: de\n',
      '2:8',
      /the \[ that begins here is never closed; write \] where the list ends/,
    ],
    [
      'a map',
      'site: a\ndefaults: { interval: 5m\nlanguage: de\n',
      '2:11',
      /the \{ that begins here .*write \} where the map ends/,
    ],
    ['a list in a map', 'hours: { office: [Mon 08:00-09:00 }\nsite: a\n', '1:18', /the \[ that begins here is never closed/],
    ['a map in a list', 'services: [ { name: A ]\nsite: a\n', '1:13', /the \{ that begins here is never closed/],
    ['a bracket at the end', 'site: a\nadmin: [\n', '2:8', /the \[ that begins here is never closed/],
  ])('is told where it begins: %s', async (_, text, place, words) => {
    const told = await problemsOf(text);

    expect(placesOf(told)).toEqual([place]);
    expect(told[0]).toMatch(words);
  });

  it('is told at every place that has one', async () => {
    const told = await problemsOf('site: [a\nadmin: {b\nlanguage: "de\n');

    expect(placesOf(told)).toEqual(['1:7', '2:8', '3:11']);
  });

  it('is told with the words of its file', async () => {
    const told = await problemsOf('include: a.yaml\nsiet: a\n', { 'a.yaml': 'contacts:\n  anna: "a@b.example\n' });

    expect(placesOf(told)).toEqual(['2:1', 'a.yaml:2:9']);
  });
});

describe('mistakes before a mistake of syntax', () => {
  it('are told with it', async () => {
    const told = await problemsOf(`site: Office
langauge: de
emial: a@office.example
startup_grace: 5 minutes
admin: "anna
timezone: Europe/Berlin
mial: x
`);

    expect(placesOf(told)).toEqual(['2:1', '3:1', '4:16', '5:8']);
  });

  it('are told of the entry and of the line that the mistake of syntax is in', async () => {
    const told = await problemsOf(`services:
  - name: Website
    intervall: 30s
    interval: 5 minutes
    checks: [{ pnig: db }, { http: "https://a.example/", expcet: 5 }]
    impcat: "high
`);

    expect(placesOf(told)).toEqual(['3:5', '4:15', '5:16', '5:58', '6:5', '6:13']);
  });

  it('are told inside of brackets that it leaves open', async () => {
    const told = await problemsOf('contacts: {\n  anna: { emial: a@b.example },\n  bert: { email: b@@b, langauge: "de },\n}\n');

    expect(placesOf(told)).toEqual(['2:11', '3:18', '3:24', '3:34']);
  });

  it('are told of a secret and of a key that is written twice', async () => {
    const told = await problemsOf('mail:\n  from: !env NOBODY\n  from: a@b.example\nsite: [\n');

    expect(placesOf(told)).toEqual(['2:14', '3:3', '4:7']);
  });

  it.each([
    ['a person who may come', 'admin: anna\ncontacts: "\n'],
    ['a service that may come', 'services:\n  - { name: A, check: load, depends_on: B }\n  - "\n'],
    ['an address that may come', 'contacts:\n  anna:\n    language: de\n    email: "a@b.example\n'],
    ['a host that may come', 'services:\n  - name: A\n    check: ping\n    host: "a\n'],
    ['an id that may come', 'services:\n  - { name: A, check: load }\n  - name: A\n    check: load\n    id: "b\n'],
    ['a name that may come', 'services:\n  - check: load\n    name: "b\n'],
    ['a kind that may come', 'services:\n  - name: A\n    check:\n      timeout: 5s\n      "\n'],
    ['a target that may come', 'services:\n  - name: A\n    check:\n      tcp: "\n'],
    ['a password that may come', 'mail:\n  servers:\n    - url: smtps://m.example\n      user: a\n      password: "\n'],
    ['a sender that may come', 'contacts: { a: a@b.example }\nmail:\n  servers: [smtp://localhost]\n  from: "a\n'],
    ['levels that may come', 'priorities: { P1: { start_level: 3 } }\nescalation: "\n'],
    ['days that may come', 'hours:\n  late: { holidays: DE-BY, "\n'],
    ['an end that may come', 'maintenance:\n  - services: all\n    from: 2026-12-24 12:00\n    to: "\n'],
    ['a section that may come', 'contacts:\n  "\n'],
    ['entries that may come', 'rota:\n  it: { members: ["\n'],
    ['the name of a secret that may come', 'mail:\n  from: !env "\n'],
    ['a file that may come', 'include:\n  - "\n'],
  ])('are not those that its end may put right: %s', async (_, text) => {
    const told = await problemsOf(text);

    expect(told).toEqual([expect.stringMatching(/the quote that begins here is never closed/)]);
  });

  it('of the main file leave those of the files that it includes before', async () => {
    const files = { 'a.yaml': 'services:\n  - name: A\n    owner: bert\n    check: pnig\n' };
    const told = await problemsOf('include: a.yaml\ncontacts:\n  anna: "a@b.example\n', files);

    expect(placesOf(told)).toEqual(['3:9', 'a.yaml:4:12']);
  });

  it.each(['"', "'", '[', '{', ': ', 'a: b: '])(
    'are none where what stands before is right, wherever %s is too much',
    async (word) => {
      const lines = example.split('\n');
      const values = [...lines.keys()].filter((index) => /^[^#]*: \S/.test(lines[index] ?? '') && !lines[index]?.includes('"'));

      for (const at of values) {
        const text = lines.map((line, index) => (index === at ? line.replace(/: (?=\S)/, `: ${word}`) : line)).join('\n');
        const told = await problemsOf(text);

        const [first = ''] = told;
        expect(Number.parseInt(first, 10), `${first}\n${lines[at]}`).toBe(at + 1);
      }
    },
  );
});

describe('tabs', () => {
  it.each([
    ['behind a colon', 'site:\tOffice\n', ['1:6']],
    ['before a comment', 'site: Office\t# here\n', ['1:13']],
    ['in a map in brackets', 'contacts: { a: a@b.example,\tb: b@b.example }\n', ['1:28']],
    ['at the end of a line', 'site: Office\t\nlanguage: de \t\n', ['1:13', '2:14']],
    ['behind a dash', 'services:\n  -\tname: A\n    check: load\n', ['2:4']],
    ['before a colon', 'site\t: Office\n', ['1:5']],
    ['in a line of its own', 'site: Office\n\t\nlanguage: de\n', ['2:1']],
    ['between the words of a text without quotes', 'site: Our\toffice\n', ['1:10']],
    ['behind the head of a block', 'services:\n  - name: A\n    check: load\n    runbook: |\t\n      one\n', ['4:15']],
    ['several of a line', 'site:\tOffice\t# here\n', ['1:6']],
    [
      'as indentation of a block text',
      'services:\n  - name: A\n    check: load\n    runbook: |\n\t1. look\n\t2. think\n',
      ['5:1', '6:1'],
    ],
    ['as indentation behind spaces', 'mail:\n  \tfrom: a@b.example\n', ['2:3']],
    ['beside other mistakes', 'site:\tOffice\nlangauge:\tde\nadmin:\t"x\n', ['1:6', '2:1', '2:10', '3:7', '3:8']],
  ])('are refused, each line once, with the way out: %s', async (_, text, places) => {
    const told = await problemsOf(text);

    expect(placesOf(told)).toEqual(places);
    expect(told.filter((line) => /: a tab .*; write spaces/.test(line)).length).toBeGreaterThan(0);
  });

  it.each([
    ['site: Office\t\n', 'a tab stands here; write spaces, or nothing'],
    ['site: Office\t# here\n', 'a tab stands here; write spaces, or nothing'],
    ['site:\tOffice\n', 'a tab stands between words; write spaces, or put a text that needs it in quotes'],
    ['mail:\n\tfrom: a@b.example\n', 'a tab is used for indentation; write spaces'],
  ])('of %j are told in fitting words', async (text, words) => {
    expect((await problemsOf(text)).map((line) => line.replace(/^\d+:\d+: /, ''))).toContain(words);
  });

  it('are content inside of quotes, block texts and comments', async () => {
    const text = `site: "Our\toffice"\t\nservices:\n  - name: 'A\tB' #\tcomment\n    check: load\n    runbook: |\n      one\ttwo\n      \tthree\t\n#\tend\t\n`;

    expect(placesOf(await problemsOf(text))).toEqual(['1:19']);
  });

  it('are told in lines that end as on Windows', async () => {
    expect(placesOf(await problemsOf('site: Office\t\r\nlanguage:\tde\r\n'))).toEqual(['1:13', '2:10']);
  });
});
