/** Measures how late main's event loop is while `work` runs: the 99th percentile, in milliseconds. */
export async function whileMeasured(app, work) {
  await app.evaluate(begin)
  const result = await work()
  return { result, delayP99Ms: await app.evaluate(end) }
}

/** Runs in main. */
function begin() {
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
  globalThis.delayMeasure = monitorEventLoopDelay({ resolution: 1 })
  globalThis.delayMeasure.enable()
}

/** Runs in main. */
function end() {
  globalThis.delayMeasure.disable()
  return globalThis.delayMeasure.percentile(99) / 1e6
}

/** A line for bench/results.json: it has no floor, but is to stay under a frame. */
export const delayLine = (name, delayP99Ms) => ({
  name: `${name}, main event loop delay p99`,
  value: Math.round(delayP99Ms * 10) / 10,
  unit: 'ms',
  floor: null,
  ratio: null
})
