/** Path below the project → text; made by `site/build/editor-types.ts`. Megabytes: import it dynamically. */
declare module 'virtual:editor-types' {
  const declarations: Readonly<Record<string, string>>;
  export default declarations;
}
