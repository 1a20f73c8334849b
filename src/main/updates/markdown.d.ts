/** A text file that the build takes in as it is. */
declare module '*.md?raw' {
  const text: string
  // biome-ignore lint/style/noDefaultExport: the build gives such a file its text as that
  export default text
}
