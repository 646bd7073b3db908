/** Puts code in order as Prettier would, to the measure of the exercises. Prettier is loaded when it is first asked for. */

/** Rejects where the text cannot be parsed or Prettier cannot be loaded. */
export async function formatCode(text: string): Promise<string> {
  const { format, plugins } = await loadPrettier();
  return format(text, { parser: 'typescript', plugins, singleQuote: true, printWidth: 100 });
}

async function loadPrettier() {
  const [{ format }, estree, typescript] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ]);
  return { format, plugins: [estree, typescript] };
}
