import type { Column } from './matrix.ts';

type Props = {
  label: string;
  columns: readonly Column[];
  value: string;
  onChoose: (id: string) => void;
  /** What stands for no choice, where none may be made. */
  none?: string;
};

/** One of the implementations, by its short name and its title. */
export function VariantChoice({ label, columns, value, onChoose, none }: Props) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {columns.map(({ id, code, title }) => (
          <option key={id} value={id}>
            {code} {title}
          </option>
        ))}
      </select>
    </label>
  );
}
