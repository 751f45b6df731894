import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/configuration.ts';
import { formatProblem } from '../../src/config/problem.ts';
import { office, told } from './support/office.ts';

const starter = 'config/incidentd.yaml';

describe('the configuration that comes along', () => {
  it('is valid as it is, and every key in it has an effect', async () => {
    const loaded = await loadConfiguration(starter, { env: {} });

    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([]);
    expect(loaded.ok && loaded.configuration.notes.map(({ message }) => message)).toEqual([
      'no mail servers: mails become .eml files in the state folder',
    ]);
  });

  it('watches this machine only, and nothing of an office that it does not know', async () => {
    const loaded = await loadConfiguration(starter, { env: {} });
    const checks = loaded.ok ? [...loaded.configuration.checks.values()] : [];

    expect(checks.map(({ rule }) => rule.kind)).toEqual(['disk', 'memory', 'load', 'command', 'command']);
  });

  it('stays valid when its examples are used', async () => {
    const lines = readFileSync(starter, 'utf8').split('\n');
    const used = lines.map((line) => line.replace(/^#(?=\S)(?!#)/, '').replace(/^#(?= {2,}\S)/, ''));
    using place = office({ 'main.yaml': used.join('\n'), 'smtp.password': 'x\n', 'services.d/more.yaml': '# none yet\n' });

    const loaded = await place.load();

    expect(told(loaded, place)).toEqual([]);
    expect(loaded.ok && Object.keys(loaded.configuration.rules.services)).toEqual([
      'This machine',
      'Gateway',
      'Name resolution',
      'Name server',
      'Router',
      'Website',
      'Mail server',
      'File server',
      'Printer',
      'Backup',
      'Import',
      'Safety',
      'incidentd',
    ]);
  });
});
