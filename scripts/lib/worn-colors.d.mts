import type { Plugin } from 'vite'

export function wornColorsPlugin(): Plugin
