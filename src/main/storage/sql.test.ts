import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { DamagedValueError, openSql, type Sql } from './sql.ts'

const scratch = (): Sql => {
  const sql = openSql(':memory:')
  sql.exec('CREATE TABLE cell (value ANY, at INTEGER) STRICT')
  return sql
}

/** As a flipped bit would leave it: text of bytes that are no UTF-8, or a value of another type. */
const putRaw = (sql: Sql, expression: string): void =>
  sql.exec(`INSERT INTO cell VALUES (${expression}, 1)`)

describe('values', () => {
  it('come back as they were stored', () => {
    const sql = scratch()
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'))
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, number, fc.constant(null)), { minLength: 1 }),
        (values) => {
          sql.exec('DELETE FROM cell')
          for (const value of values) sql.run('INSERT INTO cell VALUES (?, ?)', value, 7)
          const rows = sql.all<{ value: unknown; at: number }>('SELECT * FROM cell ORDER BY rowid')
          expect(rows.map(({ value }) => value)).toEqual(
            values.map((value) => (value === 0 ? 0 : value))
          )
          expect(rows.every(({ at }) => at === 7)).toBe(true)
        }
      )
    )
  })

  it('keep the order and the limit of the question', () => {
    const sql = scratch()
    for (const value of ['b', 'a', 'c']) sql.run('INSERT INTO cell VALUES (?, 1)', value)
    expect(
      sql.all('SELECT value AS "what is it" FROM cell ORDER BY value DESC LIMIT ?', 2)
    ).toEqual([{ 'what is it': 'c' }, { 'what is it': 'b' }])
  })
})

describe('what only a damaged file can hold is thrown, and the process lives', () => {
  it.each([
    ['a lone byte', `CAST(x'ff' AS TEXT)`],
    ['a cut character', `CAST(x'4142e2' AS TEXT)`],
    ['a surrogate', `CAST(x'eda080' AS TEXT)`],
    ['an overlong slash', `CAST(x'c0af' AS TEXT)`],
    ['bytes', `x'4142'`]
  ])('%s', (_what, expression) => {
    const sql = scratch()
    sql.run('INSERT INTO cell VALUES (?, 1)', 'before')
    putRaw(sql, expression)
    sql.run('INSERT INTO cell VALUES (?, 1)', 'after')
    expect(() => sql.all('SELECT * FROM cell')).toThrow(DamagedValueError)
    expect(() => sql.first('SELECT value FROM cell ORDER BY rowid')).toThrow(DamagedValueError)
    expect(sql.all('SELECT value FROM cell WHERE rowid <> 2')).toHaveLength(2)
    if (expression !== `x'4142'`) {
      expect(() => sql.scan('SELECT * FROM cell')).toThrow(DamagedValueError)
    }
    // A statement that was left half way would keep the table from being taken away.
    sql.exec('DROP TABLE cell')
  })

  it.each([
    ['a column', 'value TEXT', 'v\xfflue TEXT'],
    ['a table', 'TABLE shelf', 'TABLE sh\xfflf'],
    ['an index', 'INDEX by_value', 'INDEX by_v\xfflue']
  ])('a name of %s', (_what, name, damaged) => {
    const file = join(temporaryFolder(), 'a.sqlite')
    const made = openSql(file)
    made.exec('CREATE TABLE shelf (value TEXT); CREATE INDEX by_value ON shelf (value)')
    made.close()
    const bytes = readFileSync(file)
    Buffer.from(damaged, 'latin1').copy(bytes, bytes.indexOf(name))
    writeFileSync(file, bytes)
    const sql = openSql(file)
    expect(() => sql.all('SELECT * FROM shelf')).toThrow()
    expect(() => sql.all('SELECT 1')).toThrow()
  })

  it('a name of a column that nothing else names, so that SQLite takes it as it is', () => {
    const file = join(temporaryFolder(), 'a.sqlite')
    const made = openSql(file)
    made.exec('CREATE TABLE shelf (value TEXT)')
    made.close()
    const bytes = readFileSync(file)
    Buffer.from('v\xfflue TEXT', 'latin1').copy(bytes, bytes.indexOf('value TEXT'))
    writeFileSync(file, bytes)
    expect(() => openSql(file).all('SELECT * FROM shelf')).toThrow(DamagedValueError)
  })
})
