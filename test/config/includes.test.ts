import { describe, expect, it } from 'vitest';
import { configurationOf, office, problemsOf, told } from './support/office.ts';

describe('included files', () => {
  it('add their services and windows to the lists and their people to the maps', async () => {
    const { rules, files, includes } = await configurationOf('include: more/*.yaml\ncontacts: { anna: a@office.example }\n', {
      'more/b.yaml': 'services: [{ name: B, check: load }]\ncontacts: { bert: b@office.example }\n',
      'more/a.yaml':
        'services: [{ name: A, check: memory }]\nmaintenance: [{ services: A, schedule: "0 3 * * *", duration: 1h }]\n',
    });

    expect(Object.keys(rules.services)).toEqual(['A', 'B', 'incidentd']);
    expect(Object.keys(rules.contacts)).toEqual(['anna', 'bert']);
    expect(rules.admin).toBe('anna');
    expect(rules.maintenance).toHaveLength(1);
    expect(files.map((file) => file.replace(/.*incidentd-config-\w+\//, ''))).toEqual([
      'main.yaml',
      'more/a.yaml',
      'more/b.yaml',
    ]);
    expect(includes).toEqual([expect.stringMatching(/\/more\/\*\.yaml$/)]);
  });

  it('may refer to each other', async () => {
    const told = await problemsOf('include: [a.yaml, b.yaml]\n', {
      'a.yaml': 'services: [{ name: A, depends_on: B, check: load }]\n',
      'b.yaml': 'services: [{ name: B, check: load }]\n',
    });

    expect(told).toEqual([]);
  });

  it('tell their mistakes with their own places, all files at once', async () => {
    const told = await problemsOf('include: [a.yaml, b.yaml]\nsite: [x]\n', {
      'a.yaml': 'services:\n  - name: A\n    check: pnig\n',
      'b.yaml': 'servises: []\nservices:\n  - name: B\n    check: load\n    owner: bert\n',
    });

    expect(told.map((line) => line.replace(/: .*/, ''))).toEqual(['2:7', 'a.yaml:3:12', 'b.yaml:1:1', 'b.yaml:5:12']);
  });

  it('may not write what is written already: both places are named', async () => {
    const told = await problemsOf('include: a.yaml\nsite: x\ncontacts:\n  anna: a@office.example\n', {
      'a.yaml': 'site: y\ncontacts:\n  anna: b@office.example\n  bert: c@office.example\n',
    });

    expect(told[0]).toMatch(/^a\.yaml:1:1: the key "site" is written twice \(first in main\.yaml:2:1\)/);
    expect(told[1]).toMatch(/^a\.yaml:3:3: the key "contacts\.anna" is written twice \(first in main\.yaml:4:3\)/);
    expect(told).toHaveLength(2);
  });

  it('hold the same service only once', async () => {
    const told = await problemsOf('include: a.yaml\nservices: [{ name: A, check: load }]\n', {
      'a.yaml': 'services: [{ name: A, check: load }]\n',
    });

    expect(told).toEqual([expect.stringMatching(/^a\.yaml:1:20: there is a service "A" already \(main\.yaml:2:12\)/)]);
  });

  it('include nothing themselves', async () => {
    const told = await problemsOf('include: a.yaml\n', { 'a.yaml': 'include: b.yaml\n', 'b.yaml': 'site: b\n' });

    expect(told).toEqual([expect.stringMatching(/^a\.yaml:1:1: `include:` works in the main file only/)]);
  });

  it('may be empty or hold comments alone, but must be a map otherwise', async () => {
    expect(await problemsOf('include: "*.yml"\n', { 'a.yml': '', 'b.yml': '# later\n' })).toEqual([]);
    expect(await problemsOf('include: "*.yml"\n', { 'a.yml': '- a\n' })).toEqual([
      expect.stringMatching(/^a\.yml:1:1: .*not hold a map/),
    ]);
  });

  it('never include the main file itself, and no file twice', async () => {
    const { files } = await configurationOf('include: ["*.yaml", a.yaml]\n', { 'a.yaml': 'site: a\n' });

    expect(files).toHaveLength(2);
  });

  it('tell only what is certain while one of them is no YAML at all', async () => {
    const told = await problemsOf('include: a.yaml\nservices: [{ name: A, owner: bert, check: load }]\n', {
      'a.yaml': 'contacts: { bert: "b@office.example\n',
    });

    expect(told.every((line) => line.startsWith('a.yaml:'))).toBe(true);
    expect(told.length).toBeGreaterThan(0);
  });

  it('which are folders or cannot be read are told', async () => {
    using place = office({ 'main.yaml': 'include: sub*\n', 'sub.d/x': '' });

    expect(told(await place.load(), place)).toEqual([expect.stringMatching(/^sub\.d:1:1: this is not a regular file/)]);
  });
});

describe('the main file', () => {
  it('which is not there is told as such', async () => {
    using place = office();

    expect(told(await place.load(), place)).toEqual(['1:1: cannot be read: there is no such file']);
  });

  it('may begin with a byte order mark and end its lines as Windows does', async () => {
    const { rules } = await configurationOf(
      '\ufeffsite: Büro\r\nlanguage: de\r\nservices:\r\n  - name: A\r\n    runbook: |\r\n      one\r\n      two\r\n    check: load\r\n',
    );

    expect(rules.site).toBe('Büro');
    expect(rules.services.A?.runbook?.text).toBe('one\ntwo');
  });

  it('reads no as a word, and a time as a time', async () => {
    const { rules } = await configurationOf('site: no\nhours: { late: Mon 12:30-13:15 }\n');

    expect(rules.site).toBe('no');
    expect(rules.hours.late?.spans).toEqual({ 1: [{ from: 750, to: 795 }] });
  });

  it('may use anchors', async () => {
    const { checks } = await configurationOf(
      'services:\n  - { name: A, check: &c { http: "http://a.example/", timeout: 3s } }\n  - { name: B, check: *c }\n',
    );

    expect(checks.get('B/http:http://a.example/')?.rule.timeoutMs).toBe(3000);
  });
});
