/** A check as people read it: its own name, or `http https://www.example.com`. */
export function checkLabel({
  name,
  kind,
  target,
}: {
  readonly name: string;
  readonly kind: string;
  readonly target: string;
}): string {
  return name === `${kind}:${target}` ? `${kind} ${target}` : name;
}
