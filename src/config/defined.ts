type Optional<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** The object without its undefined values: what was not written has no key. */
export function defined<T extends object>(value: T): Optional<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Optional<T>;
}
