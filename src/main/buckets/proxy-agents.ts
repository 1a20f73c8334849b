import type { AgentOptions, Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'

/** What the system sends requests for an address through, as Chromium writes it: `PROXY a:8080;DIRECT`. */
export type ProxiesFor = (url: string) => Promise<string>

/** How connections are made: by an agent that goes through a proxy, or by one with these options. */
export interface Agents {
  readonly httpAgent: HttpAgent | AgentOptions
  readonly httpsAgent: HttpsAgent | AgentOptions
}

const options: AgentOptions = { maxSockets: 8, keepAlive: true }

const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4a',
  SOCKS4: 'socks4a',
  SOCKS5: 'socks5h'
}

/** The address of the first proxy that is tried; null where that is none, or of a kind that is not known. */
export const firstProxy = (proxies: string): string | null => {
  const [kind = '', host = ''] = (proxies.split(';')[0] ?? '').trim().split(/\s+/)
  const scheme = schemes[kind.toUpperCase()]
  return scheme === undefined || host === '' ? null : `${scheme}://${host}`
}

/** The agents are loaded where there is a proxy. They resolve no name themselves: the proxy does. */
export const agentsThrough = async (proxies: string): Promise<Agents> => {
  const proxy = firstProxy(proxies)
  if (proxy === null) return { httpAgent: options, httpsAgent: options }
  if (proxy.startsWith('socks')) {
    const { SocksProxyAgent } = await import('socks-proxy-agent')
    const agent = new SocksProxyAgent(proxy, options)
    return { httpAgent: agent, httpsAgent: agent as unknown as HttpsAgent }
  }
  const [{ HttpProxyAgent }, { HttpsProxyAgent }] = await Promise.all([
    import('http-proxy-agent'),
    import('https-proxy-agent')
  ])
  return {
    httpAgent: new HttpProxyAgent(proxy, options),
    httpsAgent: new HttpsProxyAgent(proxy, options) as unknown as HttpsAgent
  }
}
