import { basename } from 'node:path'
import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import { fingerprintOf } from '../../verifier/keys.ts'
import { verifyFile } from '../../verifier/verify-file.ts'

type Verified = Awaited<ReturnType<typeof verifyFile>>

const verdictOf = (
  { findings, isOwnKey, ...verified }: Verified,
  own: 'own' | 'earlier'
): ReceiptVerdict => ({
  ...verified,
  findings: [...findings],
  whoseKey: isOwnKey === null ? null : isOwnKey ? own : 'other'
})

const judge = async (path: string, publicKeys: readonly string[]): Promise<ReceiptVerdict> => {
  const ownKey = publicKeys.at(-1)
  if (ownKey === undefined) return verdictOf(await verifyFile(path), 'own')
  const verified = await verifyFile(path, { ownKey })
  const earlier = publicKeys.find((one) => fingerprintOf(one) === verified.keyFingerprint)
  return earlier === undefined || earlier === ownKey
    ? verdictOf(verified, 'own')
    : verdictOf(await verifyFile(path, { ownKey: earlier }), 'earlier')
}

/** Checks a receipt or an exported history. `publicKeys`: those of this installation, the one that signs now last. */
export const judgeFile = async (
  path: string,
  publicKeys: readonly string[]
): Promise<ReceiptVerdict> => {
  try {
    return await judge(path, publicKeys)
  } catch {
    // Gone, a folder, or no right to read it: the person chose it, so they are told.
    return {
      fileName: basename(path),
      what: 'unknown',
      isGood: false,
      isSample: false,
      findings: [{ code: 'not-readable', text: 'The file cannot be read.' }],
      keyFingerprint: null,
      whoseKey: null
    }
  }
}
