/**
 * True for the absolute path of a folder on this computer, of any of the three systems.
 *
 * Not for a share of another (`\\host\share`, `//host/share`), a device, an address such as `file:`, or a relative
 * path: opening a share shows its host who is logged in here. A drive letter may stand for a share that the person
 * has connected, and a folder may be a mount point; those are theirs to know.
 */
export const isLocalFolder = (path: string): boolean =>
  !/\0/.test(path) && /^(?:\/(?![\\/])|[a-z]:[\\/])/i.test(path)
