/** Puts code in order as Prettier would, to the measure of the exercises. Prettier is loaded when it is first asked for. */

/** Rejects where Prettier cannot be loaded; what it resolves with rejects a text that cannot be parsed. */
export async function loadFormatter(): Promise<(text: string) => Promise<string>> {
  const [{ format }, estree, typescript] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ]);
  const plugins = [estree, typescript];
  return (text) => format(text, { parser: 'typescript', plugins, singleQuote: true, printWidth: 100 });
}
