import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { personOf } from '../../src/cli/person.ts';
import { configurationPath, stateFolder, typedPath } from '../../src/cli/places.ts';
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

describe('a typed path', () => {
  const npm = { npm_lifecycle_event: 'incidentd', npm_execpath: '/usr/lib/npm.js', INIT_CWD: '/home/anna' };

  it('is seen from where npm was called, when npm runs this in the checkout', () => {
    expect(typedPath('office.yaml', npm)).toBe('/home/anna/office.yaml');
    expect(typedPath('../state', npm)).toBe('/home/state');
    expect(typedPath('/etc/office.yaml', npm)).toBe('/etc/office.yaml');
    expect(typedPath(undefined, npm)).toBeUndefined();
  });

  it('stays as it is without npm, in the checkout itself and in another folder', () => {
    const { INIT_CWD } = npm;

    for (const env of [
      {},
      { INIT_CWD },
      { ...npm, npm_execpath: undefined },
      { ...npm, INIT_CWD: cwd },
      { ...npm, INIT_CWD: '' },
    ])
      expect(typedPath('office.yaml', env)).toBe('office.yaml');
    process.chdir(newFolder());
    expect(typedPath('office.yaml', npm)).toBe('office.yaml');
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
