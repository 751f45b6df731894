/**
 * Who may import whom. A room is a folder or a file directly in `src`; it may always import itself.
 * An entry is a room (`lib`), or one file or folder of a room without its ending (`lib/duration`). A room that is missing here fails.
 */
export const mayImport: Readonly<Record<string, readonly string[] | 'everything'>> = {
  lib: [],
  net: ['lib'],
  core: ['lib/duration'],
  texts: ['core', 'lib'],
  probes: ['core', 'texts', 'net', 'lib'],
  channels: ['core', 'texts', 'net', 'lib'],
  diagnosis: ['core', 'texts', 'net', 'lib'],
  remedies: ['core', 'texts', 'net', 'lib'],
  config: ['core', 'probes', 'channels', 'remedies', 'lib'],
  store: ['core', 'texts', 'net', 'lib'],
  inbox: ['core', 'texts', 'net', 'lib'],
  reports: ['core', 'texts', 'net', 'lib'],
  engine: ['core', 'lib'],
  web: ['core', 'texts', 'config', 'reports', 'engine/engine', 'engine/desk', 'lib'],
  cli: ['core', 'texts', 'config', 'reports', 'probes', 'channels', 'diagnosis', 'store', 'engine', 'web', 'lib', 'daemon'],
  daemon: 'everything',
  main: ['cli', 'lib'],
};

/** Rooms that import no package and nothing of Node: what they need is handed to them. */
export const selfContained: readonly string[] = ['core'];
