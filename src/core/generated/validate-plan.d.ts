// Generated from schemas/ by scripts/build-schemas.ts: change the schema and run it again.
import type { SchemaValidator } from '../schema-validator.ts';
export declare const validate: SchemaValidator;
