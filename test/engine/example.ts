import * as z from 'zod'

/** What strings of the contract may look like: plain words, times, ids, hashes. The first that a schema takes is taken. */
const texts = [
  'Amara',
  '',
  '2026-11-21T12:00:00.000Z',
  '2026-11-21',
  '1.0.0',
  ...['acc', 'bat', 'bkt', 'cns', 'drf', 'per', 'plan', 'upl'].map((kind) => `${kind}_00000001`),
  ...[32, 43, 64].map((length) => '0'.repeat(length))
]

const numbers = [0, 1, 30, 60]

const firstTaken = (schema: z.ZodType, values: readonly unknown[]): unknown => {
  const taken = values.find((value) => schema.safeParse(value).success)
  if (taken === undefined) throw new Error(`No example fits ${schema.type}`)
  return taken
}

const inner = (schema: unknown): z.ZodType => schema as z.ZodType

const objectOf = (entries: readonly (readonly [string, unknown])[]): object =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined))

/**
 * The plainest value that a schema of the contract takes: null where that is allowed, no rows in a list, the first of
 * several choices. Throws for a kind of schema that the contract had none of.
 */
export const exampleOf = (schema: z.ZodType): unknown => {
  if (schema instanceof z.ZodNullable) return null
  if (schema instanceof z.ZodOptional) return undefined
  if (schema instanceof z.ZodDefault) return exampleOf(inner(schema.unwrap()))
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema instanceof z.ZodLiteral) return [...schema.values][0]
  if (schema instanceof z.ZodBoolean) return false
  if (schema instanceof z.ZodNull) return null
  if (schema instanceof z.ZodNumber) return firstTaken(schema, numbers)
  if (schema instanceof z.ZodUnion) return exampleOf(inner(schema.options[0]))
  if (schema instanceof z.ZodArray) {
    return schema.safeParse([]).success ? [] : [exampleOf(inner(schema.element))]
  }
  if (schema instanceof z.ZodRecord) {
    const keys = schema.keyType instanceof z.ZodEnum ? schema.keyType.options : []
    const whole = objectOf(keys.map((key) => [String(key), exampleOf(inner(schema.valueType))]))
    return firstTaken(schema, [{}, whole])
  }
  if (schema instanceof z.ZodObject) {
    return objectOf(
      Object.entries(schema.shape).map(([name, field]) => [name, exampleOf(inner(field))])
    )
  }
  return firstTaken(schema, texts)
}
