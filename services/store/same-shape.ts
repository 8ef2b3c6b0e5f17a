/** Every key required, all the way down: an optional field that one side lacks shows up. */
type Complete<Value> = Value extends string | number | boolean | null
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Complete<Item>[]
    : { readonly [Key in keyof Value]-?: Complete<Value[Key]> };

/** `true` when two types have the same fields with the same values, optional ones included. */
export type SameShape<One, Other> = [Complete<One>] extends [Complete<Other>]
  ? [Complete<Other>] extends [Complete<One>]
    ? true
    : false
  : false;
