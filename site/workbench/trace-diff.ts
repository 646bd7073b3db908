/** Two traces of one test side by side: what one sent and the other did not, and what was answered otherwise. */
import type { TraceEntry } from '../../runner/protocol.ts';
import { answerOf } from './trace-groups.ts';

export type Difference = 'same' | 'only-here' | 'answered-otherwise';

/** Beyond this many entries on either side nothing is compared: it would take longer than anybody reads. */
const maxCompared = 600;

/** For each entry of `own`, how it differs from its counterpart in `other`. */
export function differencesOf(own: readonly TraceEntry[], other: readonly TraceEntry[]): Difference[] {
  if (own.length > maxCompared || other.length > maxCompared) return own.map(() => 'same');
  const [ownKeys, otherKeys] = [own.map(keyOf), other.map(keyOf)];
  const lengths = commonLengths(ownKeys, otherKeys);
  const differences: Difference[] = [];
  let [here, there] = [0, 0];
  while (here < own.length) {
    const [entry, counterpart] = [own[here], other[there]];
    if (entry && counterpart && ownKeys[here] === otherKeys[there]) {
      differences.push(resultOf(entry) === resultOf(counterpart) ? 'same' : 'answered-otherwise');
      here++;
      there++;
    } else if (there < other.length && (lengths[here]?.[there + 1] ?? 0) >= (lengths[here + 1]?.[there] ?? 0)) {
      there++;
    } else {
      differences.push('only-here');
      here++;
    }
  }
  return differences;
}

/** `lengths[i][j]`: the longest common subsequence of what is left from i and from j on. */
function commonLengths(own: readonly string[], other: readonly string[]): number[][] {
  const lengths = Array.from({ length: own.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = own.length - 1; i >= 0; i--) {
    const [row = [], next = []] = [lengths[i], lengths[i + 1]];
    for (let j = other.length - 1; j >= 0; j--) {
      row[j] = own[i] === other[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

/** What was sent, but for values: a random id or a time differs in every run and shows nothing. */
function keyOf(entry: TraceEntry): string {
  return entry.kind === 'statement' ? entry.sql.replace(/\s+/g, ' ').toLowerCase() : entry.kind;
}

function resultOf(entry: TraceEntry): string {
  return entry.kind === 'statement' ? `${answerOf(entry)} ${entry.transaction?.part ?? ''}`.replace(UUID, '…') : '';
}

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
