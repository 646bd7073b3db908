/** What the exercise page hands to the workbench at build. `html` is the starting text, highlighted. */
export type WorkbenchFile = { path: string; text: string; html: string; editable: boolean };

export type WorkbenchMutant = { id: string; title: string; core: boolean; hints: readonly string[] };

export type WorkbenchExercise = {
  slug: string;
  language: 'typescript';
  files: readonly WorkbenchFile[];
  references: readonly { id: string; title: string }[];
  mutants: readonly WorkbenchMutant[];
};
