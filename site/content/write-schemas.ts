/**
 * `npm run schemas`: derives JSON schemas, which editors complete files from, from the schemas that the loaders use. With
 * `--check` it only says which of them are out of date.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { proofFileSchema } from '../../content/proofs/format.ts';
import {
  checkFileSchema,
  exerciseFileSchema,
  mutantFileSchema,
  referenceFileSchema,
  wrongFileSchema,
} from '../../exercises/format.ts';
import { quizSchema } from './quiz-schema.ts';
import { lessonSchema, misconceptionSchema } from './schemas.ts';

const folder = join(import.meta.dirname, '..', '..', 'content', 'schemas');
const schemas = {
  exercise: exerciseFileSchema,
  reference: referenceFileSchema,
  mutant: mutantFileSchema,
  check: checkFileSchema,
  wrong: wrongFileSchema,
  proof: proofFileSchema,
  quiz: quizSchema,
  lesson: lessonSchema,
  misconception: misconceptionSchema,
};

mkdirSync(folder, { recursive: true });
const stale: string[] = [];
for (const [name, schema] of Object.entries(schemas)) {
  const path = join(folder, `${name}.schema.json`);
  const text = `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`;
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(`content/schemas/${name}.schema.json`);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
}
const checks = process.argv.includes('--check');
if (stale.length > 0) console.log(`${checks ? 'Out of date' : 'Written'}: ${stale.join(', ')}`);
if (checks && stale.length > 0) {
  console.log('Run npm run schemas, which writes them anew.');
  process.exitCode = 1;
}
