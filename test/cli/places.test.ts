import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { personOf } from '../../src/cli/person.ts';
import { configurationPath, stateFolder } from '../../src/cli/places.ts';
import { newFolder } from '../web/support/api.ts';

const cwd = process.cwd();
afterEach(() => process.chdir(cwd));

describe('the state folder', () => {
  it('is the named one before that of systemd', () => {
    expect(stateFolder('/one', { STATE_DIRECTORY: '/two' })).toBe('/one');
    expect(stateFolder(undefined, { STATE_DIRECTORY: '/two:/three' })).toBe('/two');
  });
});

describe('the configuration', () => {
  it('is the named one before that of the environment', () => {
    expect(configurationPath('one.yaml', { INCIDENTD_CONFIG: 'two.yaml' })).toBe('one.yaml');
    expect(configurationPath(undefined, { INCIDENTD_CONFIG: 'two.yaml' })).toBe('two.yaml');
  });

  it('is that of the working folder before that of the checkout', () => {
    const folder = newFolder();
    process.chdir(folder);

    expect(configurationPath(undefined, {})).toBe(join(cwd, 'config/incidentd.yaml'));

    mkdirSync('config');
    writeFileSync('config/incidentd.yaml', '');
    expect(configurationPath(undefined, {})).toBe('config/incidentd.yaml');
  });
});

describe('the person', () => {
  it('is the named one, else who called sudo, else the login name', () => {
    expect(personOf('Anna', { SUDO_USER: 'ben' })).toBe('Anna');
    expect(personOf(undefined, { SUDO_USER: 'ben' })).toBe('ben');
    expect(personOf(undefined, {})).not.toBe('');
  });

  it('has a clean name of bounded length', () => {
    expect(personOf(' An\u0007na ', {})).toBe('An na');
    expect(() => personOf('x'.repeat(81), {})).toThrow('at most 80 characters');
  });
});
