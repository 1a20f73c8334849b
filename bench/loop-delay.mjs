/** Measures how late main's event loop is while `work` runs: the 99th percentile, in milliseconds. */
export async function whileMeasured(app, work) {
  await askAgain(app, begin)
  const result = await work()
  return { result, delayP99Ms: await askAgain(app, end) }
}

const mostAsked = 6

/** V8 may collect the promise that the debugger waits on in a busy main, which says nothing of the app. */
export async function askAgain(app, what, left = mostAsked) {
  try {
    return await app.evaluate(what)
  } catch (error) {
    if (left === 1 || !String(error).includes('promise was garbage collected')) throw error
    return askAgain(app, what, left - 1)
  }
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
