import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader } from 'astro/loaders';
import { loadProofs, recordedSchema } from '../../content/proofs/format.ts';

/** Feeds the folders below `content/proofs/` to the site, each with what it showed when it was last recorded. */
export function proofLoader(): Loader {
  return {
    name: 'boundary-proofs',
    async load({ config, store, parseData, watcher }) {
      const folder = fileURLToPath(new URL('content/proofs/', config.root));
      const read = async () => {
        const proofs = await loadProofs(folder);
        const entries = await Promise.all(
          proofs.map(async ({ slug, files, ...about }) => {
            const data = {
              ...about,
              code: files[`${slug}/experiment.test.ts`],
              recorded: await readRecorded(folder, slug),
            };
            return { id: slug, data: await parseData({ id: slug, data }) };
          }),
        );
        store.clear();
        for (const entry of entries) store.set(entry);
      };
      await read();
      watcher?.on('change', (path) => {
        if (path.startsWith(folder)) void read();
      });
    },
  };
}

async function readRecorded(folder: string, slug: string) {
  const path = `content/proofs/${slug}/recorded.json`;
  const text = await readFile(join(folder, slug, 'recorded.json'), 'utf8').catch(() => {
    throw new Error(`${path} is not there. Run npm run proofs:record -- ${slug}, which writes it.`);
  });
  const recorded = recordedSchema.safeParse(JSON.parse(text));
  if (!recorded.success)
    throw new Error(`${path} is damaged. Run npm run proofs:record -- ${slug}, which writes it anew.`);
  return recorded.data;
}
