// Generated from schemas/ by scripts/build-schemas.ts: change the schema and run it again.
import type { SchemaIndex } from '../schema-validator.ts';
export declare const planSchemaIndex: SchemaIndex;
