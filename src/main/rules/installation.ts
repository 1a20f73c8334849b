/** How a copy of the app came to be on the computer. `other`: a package manager or the person put it there. */
export type Installation =
  | { readonly kind: 'app-image'; readonly file: string }
  | { readonly kind: 'nsis' }
  | { readonly kind: 'mac' }
  | { readonly kind: 'other' }

/**
 * Reads it from Node's name of the system, the environment, and where the program lies. The variables of an AppImage are
 * handed on to whatever it starts, which may be another copy of this app: they count only if this program lies in that
 * AppImage.
 */
export const readInstallation = (
  platform: string,
  env: Readonly<Record<string, string | undefined>>,
  program: string
): Installation => {
  if (platform === 'win32') return { kind: 'nsis' }
  if (platform === 'darwin') return { kind: 'mac' }
  const { APPDIR: folder = '', APPIMAGE: file = '' } = env
  const isInside = folder.startsWith('/') && program.startsWith(`${folder}/`)
  return isInside && file.startsWith('/') ? { kind: 'app-image', file } : { kind: 'other' }
}
