/** A sentence of the server: what it has between backticks stands in the face of code. */
export function Sentence({ text }: { readonly text: string }) {
  // Odd pieces lie between backticks; a lone backtick is left as it is.
  const pieces = text.split(/`([^`]+)`/);
  return pieces.map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      <code key={index} className="font-mono text-[0.92em]">
        {piece}
      </code>
    ),
  );
}
