const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const RFC_1123 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

const toIso = (milliseconds: number): string | null => {
  if (!Number.isFinite(milliseconds)) return null
  const text = new Date(milliseconds).toISOString()
  // Years beyond four digits get a sign and are no dates that Tavus can mean.
  return text.length === 24 ? text : null
}

/** Tavus writes dates in three forms; one of them names no zone and is UTC. Anything else is no date. */
export const readTavusDate = (text: string | null | undefined): string | null => {
  const trimmed = text?.trim() ?? ''
  const iso = ISO.exec(trimmed)
  if (iso !== null) {
    const [, day, time, fraction = '', zone = 'Z'] = iso
    const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
    return toIso(Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`))
  }
  return RFC_1123.test(trimmed) ? toIso(Date.parse(trimmed)) : null
}
