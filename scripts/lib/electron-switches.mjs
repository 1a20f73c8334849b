import { isRoot } from './project.mjs'

/** Switches that the machine, not the app, makes necessary. */
export function machineSwitches(platform = process.platform, env = process.env, root = isRoot()) {
  if (platform !== 'linux') return []
  const isWaylandOnly = Boolean(env.WAYLAND_DISPLAY) && !env.DISPLAY
  return [
    // Chromium refuses to sandbox its processes for the superuser.
    ...(root ? ['--no-sandbox'] : []),
    ...(isWaylandOnly ? ['--ozone-platform=wayland'] : [])
  ]
}
