const elfMachines = new Map([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
  [0x28, 'arm'],
  [0x03, 'ia32']
])
const machProcessors = new Map([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64']
])
const peMachines = new Map([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
  [0x14c, 'ia32']
])

/** For which system and processor a binary is made, as `platform-arch`, read from its header; null: no binary. */
export function nativeTarget(bytes) {
  if (bytes.length < 64) return null
  if (bytes.readUInt32BE(0) === 0x7f454c46) {
    return `linux-${elfMachines.get(bytes.readUInt16LE(18)) ?? 'unknown'}`
  }
  if (bytes.readUInt32LE(0) === 0xfeedfacf) {
    return `darwin-${machProcessors.get(bytes.readUInt32LE(4)) ?? 'unknown'}`
  }
  // A binary for several processors, which no package of ours should hold.
  if (bytes.readUInt32BE(0) === 0xcafebabe) return 'darwin-several'
  if (bytes.toString('latin1', 0, 2) === 'MZ') {
    const header = bytes.readUInt32LE(60)
    if (header + 6 > bytes.length) return null
    return `win32-${peMachines.get(bytes.readUInt16LE(header + 4)) ?? 'unknown'}`
  }
  return null
}

/** Whether an ELF binary asks for musl, which Debian and Fedora do not have. */
export const wantsMusl = (bytes) => bytes.includes('libc.musl-')
