import type { Plugin } from 'vite'

/** Notes which packages a part of the build holds, beside the build. */
export declare function bundledPackagesPlugin(part: 'main' | 'preload' | 'window'): Plugin
