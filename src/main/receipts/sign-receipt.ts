import { sign } from 'node:crypto'
import { canonicalJson } from '../../verifier/json.ts'
import type { Receipt, UnsignedReceipt } from '../../verifier/receipt-shape.ts'
import type { SigningKey } from './signing-key.ts'

/** Signs the canonical JSON of everything in the receipt; it must name the key it is signed with. */
export const signReceipt = (receipt: UnsignedReceipt, key: SigningKey): Receipt => {
  if (receipt.installation.publicKey !== key.publicKey) {
    throw new Error('The receipt names another key than the one that signs it')
  }
  const value = sign(null, Buffer.from(canonicalJson(receipt)), key.privateKey).toString('base64')
  return { ...receipt, signature: { algorithm: 'Ed25519', publicKey: key.publicKey, value } }
}
