/** What the exercise page hands to the workbench at build. `html` is the starting text, highlighted. */
export type WorkbenchFile = { path: string; text: string; html: string; editable: boolean };

export type PageLink = { href: string; title: string };

export type WorkbenchMutant = {
  id: string;
  title: string;
  core: boolean;
  hints: readonly string[];
  /** The belief behind the bug. */
  misconception: PageLink | null;
};

export type WorkbenchExercise = {
  slug: string;
  title: string;
  language: 'typescript';
  files: readonly WorkbenchFile[];
  references: readonly { id: string; title: string }[];
  mutants: readonly WorkbenchMutant[];
  /** What a person can do who has solved it. */
  practises: readonly string[];
  lesson: PageLink | null;
  /** The brief in Markdown, and versions of the packages that the code imports, for the project to take home. */
  brief: string;
  packages: Readonly<Record<string, string>>;
};
