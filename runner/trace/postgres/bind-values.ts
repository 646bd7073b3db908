import type { TraceParameter } from '../../protocol.ts';
import type { Fields } from './fields.ts';

const maxParameters = 32;
const maxCharacters = 200;

/** Types by object id that clients send in binary, or that a reader would like named. `select oid, typname from pg_type`. */
const typeNames: Readonly<Record<number, string>> = {
  16: 'bool',
  17: 'bytea',
  20: 'int8',
  21: 'int2',
  23: 'int4',
  25: 'text',
  114: 'json',
  700: 'float4',
  701: 'float8',
  1043: 'varchar',
  1082: 'date',
  1114: 'timestamp',
  1184: 'timestamptz',
  1700: 'numeric',
  2950: 'uuid',
  3802: 'jsonb',
};

/** Reads the values of a Bind message, from its parameter formats on, and as many of them as a trace shows. */
export function bindValues(fields: Fields, types: readonly number[]): TraceParameter[] {
  const formats = Array.from({ length: bounded(fields.int16()) }, () => fields.int16());
  const count = bounded(fields.int16());
  const values: TraceParameter[] = [];
  for (let index = 0; index < count && !fields.ended; index++) {
    const length = fields.int32();
    const bytes = length < 0 ? undefined : fields.bytes(length);
    if (index >= maxParameters) continue;
    // One format stands for all; none means text.
    const binary = (formats.length === 1 ? formats[0] : formats[index]) === 1;
    const type = typeNames[types[index] ?? 0];
    const value = bytes === undefined ? null : shown(binary ? fromBinary(bytes, type) : bytes.toString('utf8'));
    values.push(type === undefined ? { value } : { type, value });
  }
  return values;
}

/** A count as it came over the wire, where a hostile one could ask for an endless loop. */
function bounded(count: number): number {
  return Math.max(0, Math.min(count & 0xffff, 65_535));
}

function shown(text: string): string {
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}

function fromBinary(bytes: Buffer, type: string | undefined): string {
  if (type === 'bool' && bytes.length === 1) return String(bytes[0] === 1);
  if (type === 'int2' && bytes.length === 2) return String(bytes.readInt16BE());
  if (type === 'int4' && bytes.length === 4) return String(bytes.readInt32BE());
  if (type === 'int8' && bytes.length === 8) return String(bytes.readBigInt64BE());
  if (type === 'float4' && bytes.length === 4) return String(bytes.readFloatBE());
  if (type === 'float8' && bytes.length === 8) return String(bytes.readDoubleBE());
  if (type === 'uuid' && bytes.length === 16) {
    return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  }
  if (type === 'text' || type === 'varchar' || type === 'json') return bytes.toString('utf8');
  return `\\x${bytes.subarray(0, maxCharacters).toString('hex')}`;
}
