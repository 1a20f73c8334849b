import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import type { Plugin } from 'vite'

export function compileMessage(text: string): string | MessageFormatElement[]
export function valuesOf(message: string | MessageFormatElement[]): ReadonlyMap<string, string>
export function messageValuesSource(messages: Readonly<Record<string, string>>): string
export function messagesPlugin(entry?: string | null): Plugin
