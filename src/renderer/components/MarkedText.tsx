/** A sentence whose `words between backticks` are names of the program's own: shown as such, without the backticks. */
export function MarkedText({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className="marked">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
