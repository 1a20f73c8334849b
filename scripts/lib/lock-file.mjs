const systems =
  /(?:^|[-/])(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?=-|$)/
const processors = /-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)(?=-|$)/
const exactVersion = /^\d+\.\d+\.\d+[^ ]*$/

/**
 * The optional packages that some package in the lock file names by exact version and that have no
 * entry of their own, as path → entry. npm writes a lock file with such gaps when its registry does
 * not serve the builds for other systems, and `npm ci` then refuses that lock file everywhere.
 * The entries carry no hash, because the package was never seen; npm adds it where it installs one.
 */
export function missingOptionalEntries(lock) {
  const missing = {}
  for (const owner of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`
      if (lock.packages[path] || !exactVersion.test(version)) continue
      missing[path] = optionalEntry(name, version, owner.dev === true)
    }
  }
  return missing
}

function optionalEntry(name, version, isDev) {
  const os = systems.exec(name)?.[1]
  const cpu = processors.exec(name)?.[1]
  const libc = /musl/.test(name) ? 'musl' : /-gnu/.test(name) ? 'glibc' : undefined
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(isDev && { dev: true }),
    ...(os === 'linux' && libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] })
  }
}

/** The lock file with those entries, in npm's order. */
export function completeLock(lock) {
  const all = { ...lock.packages, ...missingOptionalEntries(lock) }
  const paths = Object.keys(all).sort((a, b) => a.localeCompare(b, 'en'))
  return { ...lock, packages: Object.fromEntries(paths.map((path) => [path, all[path]])) }
}
