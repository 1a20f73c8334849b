import { isFingerprint } from './keys.ts'
import type { Witness } from './receipt-shape.ts'
import { shown, shownShort } from './shown.ts'
import type { Verdict } from './verdict.ts'
import { verifyFile, verifyReceiptFile } from './verify-file.ts'

const usage = `Checks receipts and exported histories of Replica Desk.

  node verify-receipt.mjs FILE [FILE…] [--key FINGERPRINT] [--against RECEIPT] [--json]

  --key FINGERPRINT   the key that must have signed, as its owner told you: 24 hex digits
  --against RECEIPT   hold exported histories, and other receipts, against this receipt
  --json              print the verdicts as JSON

Exit code 0: every file is good. 1: one was refused. 2: a file could not be read, or the command is wrong.
`

interface Command {
  readonly files: string[]
  key: string | null
  against: string | null
  isJson: boolean
}

/** null: not understood */
const readCommand = (args: readonly string[]): Command | null => {
  const command: Command = { files: [], key: null, against: null, isJson: false }
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? ''
    if (word === '--json') command.isJson = true
    else if (word === '--key' || word === '--against') {
      index += 1
      const value = args[index]
      if (value === undefined) return null
      command[word === '--key' ? 'key' : 'against'] = value
    } else if (word.startsWith('--')) return null
    else command.files.push(word)
  }
  const isKeyOdd = command.key !== null && !isFingerprint(command.key)
  return command.files.length === 0 || isKeyOdd ? null : command
}

const inWords = ({ fileName, what, isGood, isSample, findings }: Verdict) => {
  const names = { receipt: 'receipt', history: 'exported history', unknown: 'file' }
  const lines = findings.map(({ code, text }) => `  ${text} [${code}]`)
  const hasForgotten = findings.some(({ code }) => code === 'names-forgotten')
  const good = hasForgotten ? 'GOOD, BUT FOR WHAT WAS FORGOTTEN' : 'GOOD'
  const result = isGood ? (isSample ? `SAMPLE DATA, ${good}` : good) : 'REFUSED'
  const title = `${result}  ${names[what]} ${shownShort(fileName)}`
  return [title, ...lines, ''].join('\n')
}

const notRead = (path: string, error: unknown) => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
  process.stderr.write(
    `NOT READ  ${shownShort(path)}\n  The file could not be read (${shown(code)}).\n`
  )
}

/** the exit code */
const run = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help')) {
    process.stdout.write(usage)
    return 0
  }
  const command = readCommand(args)
  if (command === null) {
    process.stderr.write(usage)
    return 2
  }
  let against: Witness | null = null
  if (command.against !== null) {
    const path = command.against
    const checked = await verifyReceiptFile(path, { key: command.key }).catch((error) =>
      notRead(path, error)
    )
    if (checked === undefined) return 2
    if (checked.receipt === null) {
      process.stderr.write(inWords(checked.verdict))
      return 1
    }
    against = checked.receipt
  }
  const verdicts: Verdict[] = []
  let isAllRead = true
  for (const path of command.files) {
    const verdict = await verifyFile(path, { key: command.key, against }).catch((error) =>
      notRead(path, error)
    )
    if (verdict === undefined) isAllRead = false
    else verdicts.push(verdict)
    if (verdict !== undefined && !command.isJson) process.stdout.write(inWords(verdict))
  }
  if (command.isJson) process.stdout.write(`${JSON.stringify(verdicts, null, 2)}\n`)
  if (!isAllRead) return 2
  return verdicts.every(({ isGood }) => isGood) ? 0 : 1
}

process.exitCode = await run(process.argv.slice(2))
