import type { Container } from '../../shared/domain/video-check.ts'

/** What a file of the ISO family begins with; anything else with four letters is a text. */
const firstBoxes = ['ftyp', 'wide', 'free', 'skip', 'mdat', 'moov', 'styp', 'pnot', 'moof', 'sidx']

/** Brands of pictures and sound in the same family. */
const imageBrands = ['heic', 'heix', 'mif1', 'msf1', 'avif', 'avis']
const audioBrands = ['M4A ', 'M4B ', 'M4P ']

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

/** What a file is, by its first bytes; its name and its type say nothing for sure. */
export const sniffVideo = (bytes: Uint8Array): Container => {
  if (bytes.length === 0) return 'empty'
  return isoKind(bytes) ?? otherKind(bytes) ?? textKind(bytes) ?? 'unknown'
}

const isoKind = (bytes: Uint8Array): Container | null => {
  const box = latin(bytes, 4, 8)
  if (!firstBoxes.includes(box)) return null
  if (box !== 'ftyp') return 'mov'
  const brand = latin(bytes, 8, 12)
  if (imageBrands.includes(brand)) return 'image'
  if (audioBrands.includes(brand)) return 'audio'
  return brand === 'qt  ' ? 'mov' : 'mp4'
}

const otherKind = (bytes: Uint8Array): Container | null => {
  const start = latin(bytes, 0, 16)
  if (start.startsWith('\x1a\x45\xdf\xa3')) {
    return latin(bytes, 0, 80).includes('webm') ? 'webm' : 'mkv'
  }
  if (/^RIFF.{4}AVI /s.test(start)) return 'avi'
  if (/^RIFF.{4}WAVE/s.test(start)) return 'audio'
  if (bytes[0] === 0x47 && bytes[188] === 0x47) return 'ts'
  if (start.startsWith('PK\x03\x04')) return 'zip'
  if (/^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP)/s.test(start)) return 'image'
  if (/^(?:ID3|OggS|fLaC|\xff[\xfb\xf3\xf2\xf1\xf9])/s.test(start)) return 'audio'
  return null
}

const textKind = (bytes: Uint8Array): Container | null => {
  const text = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart().toLowerCase()
  if (/^<!doctype html|^<html|^<head|^<body/.test(text)) return 'page'
  if (text.startsWith('<?xml')) return text.includes('<html') ? 'page' : 'xml'
  if (/^<error>|^<[a-z]+\s[^>]{0,200}xmlns/.test(text)) return 'xml'
  return /^[\t\n\r\x20-\x7e\u00a0-\uffff]+$/.test(text.replaceAll('\ufffd', '')) ? 'text' : null
}
