import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../../protocol.ts';

/**
 * A hostile submission: one test file under `cases/<group>/`, as a learner would send it, headed by what must come of it.
 *
 * ```
 * // outcome: timed-out process-limit     what the correct implementation's run may end as, any of them
 * // reason: in the test “never ends”     text that the outcome's explanation holds
 * // reason-of-test: ENOSPC|EFBIG         a pattern that the explanation or a failed test's message matches
 * // needs: control-groups               without which it would take the machine's own memory: skipped there
 * ```
 * Printing `LEAK:` and what was found or reached is how a case says that something did not hold. The names in capitals
 * that {@link Bait} lists are replaced by the host's own before it runs.
 */
export type HostileCase = {
  name: string;
  group: string;
  source: string;
  outcomes: readonly Outcome[];
  reason: string | undefined;
  reasonOfTest: RegExp | undefined;
  needsGroups: boolean;
};

/** What the host holds out to be found: none of it may be reached, changed or printed. */
export type Bait = Readonly<Record<'HOST_PORT' | 'HOST_ABSTRACT' | 'HOST_FILE' | 'HOST_CONTAINER', string>>;

/** Reads the corpus, in order of group and name. Throws with the file's name where a header is missing. */
export async function loadCorpus(folder: string, bait: Bait): Promise<HostileCase[]> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.ts')).sort();
  return Promise.all(
    paths.map(async (path) => {
      const text = await readFile(join(folder, path), 'utf8');
      const directive = (name: string) => new RegExp(`^// ${name}: (.+)$`, 'm').exec(text)?.[1];
      const outcomes = directive('outcome')?.split(' ');
      if (!outcomes) throw new Error(`${path}: it begins with no “// outcome: …”, which says what must come of it`);
      const reasonOfTest = directive('reason-of-test');
      return {
        name: path.replace(/\.ts$/, ''),
        group: path.split('/')[0] ?? '',
        source: Object.entries(bait).reduce((source, [name, value]) => source.replaceAll(name, value), text),
        outcomes: outcomes as Outcome[],
        reason: directive('reason'),
        reasonOfTest: reasonOfTest === undefined ? undefined : new RegExp(reasonOfTest),
        needsGroups: directive('needs') === 'control-groups',
      };
    }),
  );
}
