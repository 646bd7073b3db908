import { createContext, type ReactNode, useContext } from 'react';
import type { WorkbenchFile } from './exercise-props.ts';
import type { TextPlace } from './text-place.ts';

type Go = (path: string, place: TextPlace) => void;
const Places = createContext<{ files: readonly WorkbenchFile[]; onGo: Go } | null>(null);

/** Lets what stands below it link to places in the files. */
export function PlaceLinks(props: { files: readonly WorkbenchFile[]; onGo: Go; children: ReactNode }) {
  const { files, onGo, children } = props;
  return <Places value={{ files, onGo }}>{children}</Places>;
}

type Props = {
  file: string;
  line: number;
  column?: number | undefined;
  /** Instead of file and line. */
  words?: string | undefined;
};

/** Shows a place in the editor; does nothing where the editor does not have the file. */
export function useGoToPlace(): (place: { file: string } & TextPlace) => void {
  const places = useContext(Places);
  return ({ file, line, column }) => {
    if (places?.files.some(({ path }) => path === file)) places.onGo(file, { line, column });
  };
}

/** A place in a file, as a button that shows it in the editor; as words where the editor does not have the file. */
export function PlaceLink({ file, line, column = 1, words = `${file}:${line}` }: Props) {
  const places = useContext(Places);
  if (!places?.files.some(({ path }) => path === file)) return <code>{words}</code>;
  return (
    <button type="button" className="wb-place-link" onClick={() => places.onGo(file, { line, column })}>
      <span className="visually-hidden">Show in the editor: </span>
      <code>{words}</code>
    </button>
  );
}
