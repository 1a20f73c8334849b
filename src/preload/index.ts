import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron'
import type { Bridge } from '../shared/ipc/bridge.ts'
import { eventNames, requestNames } from '../shared/ipc/channels.ts'
import { createAsk } from './ask.ts'

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** `account:save` becomes `accountSave`. */
const functionName = (channel: string): string => {
  const [noun = '', verb = ''] = channel.split(':')
  return noun + capitalize(verb)
}

/** One named function for each channel; no channel name and no event object reaches the page (security I1). */
const requests = requestNames.map((name) => [
  functionName(name),
  createAsk((input) => ipcRenderer.invoke(name, input))
])

const askToAddVideos = createAsk((input) => ipcRenderer.invoke('draft:addVideoFiles', input))

/** As long as a path can be on Linux; main takes none that is longer. */
const longestPath = 4096

/** Empty for what lies nowhere that can be named: main then says of this one file that it cannot be read. */
const pathOf = (file: File): string => {
  const path = webUtils.getPathForFile(file)
  return path.length <= longestPath ? path : ''
}

/** Only what the person dropped or chose has a place on the disk; a page can make up a file, but no path. */
const addVideoFiles = (input: { readonly files: readonly File[]; readonly accountId: unknown }) =>
  askToAddVideos({ paths: input.files.map(pathOf), accountId: input.accountId })

const subscriptions = eventNames.map((name) => [
  `on${capitalize(functionName(name))}`,
  (listener: (payload: unknown) => void) => {
    const forward = (_event: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(name, forward)
    return () => {
      ipcRenderer.removeListener(name, forward)
    }
  }
])

/** What the window never uses, and no policy of a page can take away: calls to other computers, the print dialog. */
const unused = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'print']
void webFrame.executeJavaScript(
  `for (const name of ${JSON.stringify(unused)}) delete globalThis[name]`
)

contextBridge.exposeInMainWorld(
  'app',
  Object.freeze({
    ...Object.fromEntries([...requests, ...subscriptions]),
    draftAddVideoFiles: addVideoFiles
  }) as Bridge
)
