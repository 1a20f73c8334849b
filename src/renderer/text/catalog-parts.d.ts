// The parts of a catalog; scripts/lib/compile-messages.mjs makes them.
declare module '*.json?first' {
  const messages: import('../../shared/messages/messages.ts').Messages
  // biome-ignore lint/style/noDefaultExport: that of a file of JSON
  export default messages
}

declare module '*.json?later' {
  const messages: import('../../shared/messages/messages.ts').Messages
  // biome-ignore lint/style/noDefaultExport: that of a file of JSON
  export default messages
}
