/** Prints the JSON Schema of the configuration, as `npm run schema` puts it into config/. */
import { jsonSchema } from '../src/config/json-schema.ts';
import { probes } from '../src/probes/registry.ts';

process.stdout.write(JSON.stringify(jsonSchema(probes)));
