/** Writes what is made from the code's own declarations: the reference of the configuration and its JSON Schema (`npm run reference`). */
import { writeFileSync } from 'node:fs';
import { channels } from '../src/channels/registry.ts';
import { jsonSchema } from '../src/config/json-schema.ts';
import { reference } from '../src/config/reference/page.ts';
import { probes } from '../src/probes/registry.ts';

writeFileSync('config/reference.md', reference(probes, channels));
writeFileSync('config/incidentd.schema.json', JSON.stringify(jsonSchema(probes, channels)));
