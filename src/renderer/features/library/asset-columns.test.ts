import { describe, expect, it } from 'vitest'
import { columnsOf } from '../../../shared/catalogue/columns.ts'
import {
  boundedWidth,
  columnTemplate,
  fittingColumns,
  gridShape,
  movedIndex,
  nextSort,
  sortDirection
} from './asset-columns.ts'

describe('gridShape', () => {
  it('always has a column, and more where there is room', () => {
    expect(gridShape(0).columns).toBe(1)
    expect(gridShape(100).columns).toBe(1)
    expect(gridShape(664).columns).toBe(4)
    expect(gridShape(1024).columns).toBe(6)
  })
})

describe('movedIndex', () => {
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 3, 7],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 2, 2],
    ['ArrowUp', 6, 2],
    ['End', 2, 9],
    ['Home', 5, 0],
    ['PageDown', 0, 8],
    ['x', 5, null]
  ])('%s from %i goes to %s among ten in four columns', (key, from, to) => {
    expect(movedIndex(key, from, 10, 4, 2)).toBe(to)
  })
  it('leaves left and right alone in a list', () => {
    expect(movedIndex('ArrowRight', 3, 10, 1, 5)).toBeNull()
  })
})

describe('nextSort', () => {
  it('turns the direction of the column that sorts already', () => {
    expect(nextSort('name', 'created-desc')).toBe('name-asc')
    expect(nextSort('name', 'name-asc')).toBe('name-desc')
    expect(nextSort('created', 'created-desc')).toBe('created-asc')
    expect(nextSort('status', 'status')).toBe('status-desc')
    expect(nextSort('status', 'status-desc')).toBe('status')
    expect(nextSort('made-with', 'made-with-asc')).toBe('made-with-desc')
  })

  it('begins with the most where that is looked for', () => {
    expect(nextSort('runs', 'name-asc')).toBe('runs-desc')
    expect(nextSort('model', 'name-asc')).toBe('model-asc')
  })

  it('shows its direction at one column alone', () => {
    expect(sortDirection('found-in', 'found-in-desc')).toBe('descending')
    expect(sortDirection('status', 'status')).toBe('ascending')
    expect(sortDirection('id', 'found-in-desc')).toBeNull()
  })
})

describe('columns of the list', () => {
  it('know what only one kind has', () => {
    expect(columnsOf('replica')).toContain('model')
    expect(columnsOf('replica')).not.toContain('made-with')
    expect(columnsOf('video')).toContain('made-with')
    expect(columnsOf('video')).not.toContain('model')
  })

  it('go one by one where there is no room, the least important first, the name never', () => {
    const all = columnsOf('replica')
    expect(fittingColumns(all, {}, 2_000)).toEqual(['name', ...all])
    expect(fittingColumns(all, {}, 660)).toEqual(['name', 'id', 'status', 'created'])
    expect(fittingColumns(all, {}, 100)).toEqual(['name'])
  })

  it('count with the width that the person gave', () => {
    expect(fittingColumns(['id', 'status'], {}, 600)).toContain('id')
    expect(fittingColumns(['id', 'status'], { id: 400 }, 600)).not.toContain('id')
    expect(columnTemplate(['name', 'id'], { id: 200 })).toBe('66px minmax(140px, 2.2fr) 200px 64px')
  })

  it('are never too narrow to be taken hold of', () => {
    expect(boundedWidth(-30)).toBe(48)
    expect(boundedWidth(120.4)).toBe(120)
    expect(boundedWidth(9_000)).toBe(800)
  })
})
