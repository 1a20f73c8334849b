/** One argument of `Exec`, quoted as the Desktop Entry Specification 1.5 wants it. */
const quoted = (argument: string): string =>
  `"${argument
    .replace(/[\\"`$]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`

/** The file that a Linux desktop starts the app by at login. */
export const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Replica Desk',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=replica-desk',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    ''
  ].join('\n')

/** Desktops turn an entry off by a line in it, and leave the file. */
export const isTurnedOn = (entry: string): boolean =>
  !/^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(entry)
