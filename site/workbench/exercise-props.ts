/** What the exercise page hands to the workbench at build. `html` is the starting text, highlighted. */
export type WorkbenchFile = { path: string; text: string; html: string; editable: boolean };

export type PageLink = { href: string; title: string };

/** What help there is with: a bug that got away, a check that failed, or a rule. */
export type Hinted = {
  id: string;
  title: string;
  core: boolean;
  hints: readonly string[];
  /** The belief behind it. */
  misconception: PageLink | null;
};

/** `tests` is how many it has, for their rows’ room. */
export type WorkbenchCheck = Hinted & { tests: number };

/** Tests are written, and graded by bugs; or code, and graded by hidden tests; or a suite is mended, with rules to keep. */
export type ExerciseKind = 'write-tests' | 'write-code' | 'mend-suite';

export type WorkbenchExercise = {
  slug: string;
  title: string;
  kind: ExerciseKind;
  language: 'typescript';
  files: readonly WorkbenchFile[];
  references: readonly { id: string; title: string }[];
  mutants: readonly Hinted[];
  checks: readonly WorkbenchCheck[];
  /** What a suite that is mended has to keep. */
  rules: readonly Hinted[];
  /** What a person can do who has solved it. */
  practises: readonly string[];
  lesson: PageLink | null;
  /** The brief in Markdown, and versions of the packages that the code imports, for the project to take home. */
  brief: string;
  packages: Readonly<Record<string, string>>;
};
