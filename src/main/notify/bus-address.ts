type Variables = Readonly<Record<string, string | undefined>>

const readEscapes = (value: string): string | null => {
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

const socketOf = (address: string, runtimeFolder: string | undefined): string | null => {
  if (!address.startsWith('unix:')) return null
  const pairs = address
    .slice('unix:'.length)
    .split(',')
    .map((pair) => pair.split('=', 2))
  for (const [key, value = ''] of pairs) {
    const text = readEscapes(value)
    if (key === 'path') return text
    // Linux names sockets that lie in no folder by a zero in front.
    if (key === 'abstract') return text === null ? null : `\0${text}`
    if (key === 'runtime') return runtimeFolder === undefined ? null : `${runtimeFolder}/bus`
  }
  return null
}

/** Sockets where the session's bus may be, as paths for `net.connect`, in the order to try them. */
export const busSockets = (env: Variables): readonly string[] => {
  const runtimeFolder = env['XDG_RUNTIME_DIR']
  const addresses = env['DBUS_SESSION_BUS_ADDRESS'] ?? 'unix:runtime=yes'
  return addresses.split(';').flatMap((address) => socketOf(address, runtimeFolder) ?? [])
}
