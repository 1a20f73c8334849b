import { domainToUnicode } from 'node:url'
import ipaddr from 'ipaddr.js'
import type { LinkFinding } from '../../shared/domain/link.ts'
import { isPrivateName, isUnknownToPublic } from './private-name.ts'
import { isPublicLiteral } from './public-address.ts'

const MAX_HOST_LENGTH = 253
/** Scripts with letters that pass for Latin ones. */
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
const LATIN = /\p{Script=Latin}/u
const OTHER_LETTER = /(?!\p{Script=Latin}|\p{Script=Common}|\p{Script=Inherited})\p{Letter}/u

const isBadName = (name: string): boolean => {
  const labels = name.split('.')
  return (
    labels.length < 2 ||
    name.length > MAX_HOST_LENGTH ||
    labels.some((label) => label === '' || label.length > 63)
  )
}

const isMixedScript = (name: string): boolean =>
  domainToUnicode(name)
    .split('.')
    .some((label) => LOOKALIKE.test(label) || (LATIN.test(label) && OTHER_LETTER.test(label)))

const nameFindings = (name: string): readonly LinkFinding[] => {
  const detail = name.slice(0, MAX_HOST_LENGTH)
  if (isPrivateName(name)) return [{ code: 'private-address', level: 'error', detail }]
  if (isBadName(name)) return [{ code: 'bad-host', level: 'error', detail }]
  if (isUnknownToPublic(name)) return [{ code: 'private-address', level: 'error', detail }]
  return isMixedScript(name) ? [{ code: 'mixed-script-host', level: 'warning', detail }] : []
}

const portFindings = (port: string): readonly LinkFinding[] => {
  if (port === '') return []
  // Nothing but web servers answers a fetch, and below 1024 other services have their fixed places.
  const level = Number(port) < 1024 && port !== '80' ? 'error' : 'warning'
  return [{ code: 'unusual-port', level, detail: port }]
}

/** What the host and port of a parsed link tell. Nothing is looked up. */
export const hostFindings = (url: URL): readonly LinkFinding[] => {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const findings = ipaddr.isValid(host)
    ? isPublicLiteral(host)
      ? []
      : [{ code: 'private-address', level: 'error', detail: host } as const]
    : nameFindings(host)
  return [...findings, ...portFindings(url.port)]
}
