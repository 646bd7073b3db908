/** Why a variant came out as it did: a sentence, or a line for each rule that was broken. */
export function Reason({ text }: { text: string }) {
  const lines = text.split('\n');
  if (lines.length === 1) return <p>{text}</p>;
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
