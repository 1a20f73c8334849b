export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]
  return (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Measures two things by turns (A B A B …), so that whatever else the machine does meets both, and
 * answers the median of each. One unmeasured turn goes ahead: caches are warm for both.
 */
export async function measureByTurns(runs, measure, measureFloor) {
  await measure()
  await measureFloor()
  const values = []
  const floors = []
  for (let run = 0; run < runs; run += 1) {
    values.push(await measure())
    floors.push(await measureFloor())
  }
  return { value: median(values), floor: median(floors) }
}

/** One line of bench/results.json: `floor` is what the value is held against. */
export function toResult(name, unit, { value, floor }) {
  const rounded = (number) => Math.round(number * 100) / 100
  return {
    name,
    value: rounded(value),
    unit,
    floor: rounded(floor),
    ratio: rounded(value / floor)
  }
}

export function formatTable(results) {
  const rows = [
    ['name', 'value', 'floor', 'over', 'ratio'],
    ...results.map(({ name, value, unit, floor, ratio }) => [
      name,
      `${value} ${unit}`,
      floor === null ? '' : `${floor} ${unit}`,
      floor === null ? '' : `${Math.round((value - floor) * 100) / 100} ${unit}`,
      ratio === null ? '' : ratio.toFixed(2)
    ])
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}
