const progressEveryMs = 5000
const redrawEveryMs = 200

export function formatSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}

export function formatMegabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`
}

/**
 * Tells the reader what happens: one line per finished step, and in between, for steps that take
 * long, how far they are. A terminal sees that in place; a log gets a line every few seconds.
 */
export function createSteps(out, now = () => performance.now()) {
  async function step(name, run) {
    const startedAt = now()
    const elapsed = () => formatSeconds(now() - startedAt)
    const progress = createProgress(
      out,
      now,
      startedAt,
      (text) => `${name}: ${text} (${elapsed()})`
    )
    try {
      const { detail, ...result } = await run(progress.report)
      progress.clear()
      out.write(`${elapsed().padStart(8)}  ${name}: ${detail}\n`)
      return result
    } catch (error) {
      progress.clear()
      out.write(`${elapsed().padStart(8)}  ${name}: FAILED\n`)
      throw error
    }
  }
  return { step, say: (text) => out.write(`${text}\n`) }
}

function createProgress(out, now, startedAt, phrase) {
  let reportedAt = startedAt
  let isDrawn = false
  function report(text) {
    const pauseMs = out.isTTY ? redrawEveryMs : progressEveryMs
    if (now() - reportedAt < pauseMs) return
    reportedAt = now()
    isDrawn = Boolean(out.isTTY)
    out.write(out.isTTY ? `\r\u001b[K          ${phrase(text)}` : `          ${phrase(text)}\n`)
  }
  function clear() {
    if (isDrawn) out.write('\r\u001b[K')
  }
  return { report, clear }
}
