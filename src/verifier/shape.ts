import { Refusal } from './json.ts'
import { cut } from './shown.ts'

/** Answers the value it is given, or refuses it and says where in the file it stands. */
export type Shape<T> = (value: unknown, where: string) => T
export type TypeOf<S> = S extends Shape<infer T> ? T : never
type Fields = Readonly<Record<string, Shape<unknown>>>
type ObjectOf<F extends Fields> = { readonly [Name in keyof F]: TypeOf<F[Name]> }

const wrong = (where: string, wanted: string): never => {
  throw new Refusal('wrong-field', `${where} is not ${wanted}.`)
}

/** At most so many UTF-16 units, none of them a half of a pair alone. */
export const text =
  (max: number, pattern?: RegExp): Shape<string> =>
  (value, where) => {
    if (typeof value !== 'string' || value.length > max || /\p{Surrogate}/u.test(value)) {
      return wrong(where, 'a text')
    }
    return pattern === undefined || pattern.test(value) ? value : wrong(where, 'what it should be')
  }

export const whole =
  (min: number): Shape<number> =>
  (value, where) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min
      ? value
      : wrong(where, 'a whole number')

export const notNegative: Shape<number> = (value, where) =>
  typeof value === 'number' && value >= 0 ? value : wrong(where, 'a number')

export const yesOrNo: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : wrong(where, 'one of the words it can be')

export const oneOf =
  <const T extends string | number>(...values: readonly T[]): Shape<T> =>
  (value, where) =>
    values.find((one) => one === value) ?? wrong(where, 'one of the words it can be')

export const orNull =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, where) =>
    value === null ? null : shape(value, where)

export const list =
  <T>(shape: Shape<T>, max: number): Shape<readonly T[]> =>
  (value, where) => {
    if (!Array.isArray(value) || value.length > max) return wrong(where, 'a list')
    for (const [index, item] of value.entries()) shape(item, `${where}[${index}]`)
    return value
  }

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type MaybeOf<F extends Fields> = { readonly [Name in keyof F]?: TypeOf<F[Name]> | undefined }

/** Exactly these fields, and perhaps those of `more`. */
export const object =
  <F extends Fields, M extends Fields = Record<never, never>>(
    fields: F,
    more?: M
  ): Shape<ObjectOf<F> & MaybeOf<M>> =>
  (value, where) => {
    if (!isObject(value)) return wrong(where, 'an object')
    const prefix = where === '' ? '' : `${where}.`
    for (const [name, shape] of Object.entries(fields)) {
      if (!Object.hasOwn(value, name)) {
        throw new Refusal('missing-field', `${prefix}${name} is missing.`)
      }
      shape(value[name], `${prefix}${name}`)
    }
    for (const name of Object.keys(value)) {
      const extra = more !== undefined && Object.hasOwn(more, name) ? more[name] : undefined
      if (extra !== undefined) extra(value[name], `${prefix}${name}`)
      else if (!Object.hasOwn(fields, name)) {
        throw new Refusal('unknown-field', `${prefix}${cut(name)} does not belong there.`)
      }
    }
    return value as ObjectOf<F> & MaybeOf<M>
  }

/** Facts by name: texts, numbers, yes or no, null. */
export const facts: Shape<Readonly<Record<string, string | number | boolean | null>>> = (
  value,
  where
) => {
  if (!isObject(value)) return wrong(where, 'an object')
  for (const [fact, content] of Object.entries(value)) {
    if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(fact)) wrong(`${where}.${cut(fact)}`, 'the name of a fact')
    if (content === null || typeof content === 'number' || typeof content === 'boolean') continue
    text(1000)(content, `${where}.${fact}`)
  }
  return value as Readonly<Record<string, string | number | boolean | null>>
}
