/** Runs in the window: every way out that a page has, each given time to fail by itself. */
export const tryEveryWay = async ([port, longestMs, namedHost]: readonly [
  number,
  number,
  string
]): Promise<readonly string[]> => {
  const host = `127.0.0.1:${port}`
  /** In the log of the network by its name, if it was looked up. */
  const named = (name: string) => `${name}.${namedHost}`
  const url = (name: string) => `http://${host}/${name}`
  const tried: string[] = []
  const attempt = async (name: string, run: () => unknown) => {
    tried.push(name)
    // Some of them never say that they were refused.
    const givenUp = new Promise((resolve) => setTimeout(resolve, longestMs))
    await Promise.race([Promise.resolve().then(run), givenUp]).catch(() => undefined)
  }
  const settled = (target: EventTarget, ...names: readonly string[]) =>
    new Promise<void>((resolve) => {
      for (const name of names) target.addEventListener(name, () => resolve(), { once: true })
    })
  /** Adds an element; resolves when it loaded or failed, or after two frames if it says neither. */
  const add = async (tag: string, attributes: Readonly<Record<string, string>>) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    document.body.append(element)
    const frames = new Promise<void>((resolve) =>
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
    )
    await Promise.race([settled(element, 'load', 'error'), frames])
    return element
  }
  /** A frame without an address brings a browser's own names along, whatever was taken from the page. */
  const fresh = () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    return frame.contentWindow as unknown as typeof window
  }
  const gather = async (iceServers: RTCIceServer[]) => {
    const peer = new (fresh().RTCPeerConnection)({ iceServers })
    const done = new Promise<void>((resolve) => {
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve()
      })
    })
    peer.createDataChannel('x')
    await peer.setLocalDescription(await peer.createOffer())
    await done
    peer.close()
  }

  await attempt('WebRTC by UDP', () => gather([{ urls: `stun:${host}` }]))
  const login = { username: 'u', credential: 'c' }
  await attempt('WebRTC by TCP', () =>
    gather([
      { urls: `turn:${host}?transport=tcp`, ...login },
      { urls: `turns:${host}?transport=tcp`, ...login },
      { urls: `turn:${host}?transport=udp`, ...login }
    ])
  )
  await attempt('WebRTC by a name', () => {
    const peer = new RTCPeerConnection({
      iceServers: [{ urls: `turn:${named('turn')}?transport=tcp`, ...login }]
    })
    peer.createDataChannel('x')
    return peer.createOffer().then((offer) => peer.setLocalDescription(offer))
  })
  await attempt('fetch', () => fetch(url('fetch'), { mode: 'no-cors' }))
  await attempt('fetch that outlives the page', () => fetch(url('keep'), { keepalive: true }))
  await attempt('XMLHttpRequest', () => {
    const request = new XMLHttpRequest()
    request.open('GET', url('xhr'))
    request.send()
    return settled(request, 'loadend')
  })
  await attempt('beacon', () => navigator.sendBeacon(url('beacon'), 'x'))
  await attempt('EventSource', () => {
    const source = new EventSource(url('events'))
    return settled(source, 'error').then(() => source.close())
  })
  await attempt('WebSocket', () => settled(new WebSocket(`ws://${host}/ws`), 'error', 'close'))
  await attempt('WebTransport', () => {
    const Transport = (
      window as unknown as { WebTransport: new (url: string) => { ready: Promise<void> } }
    ).WebTransport
    return new Transport(`https://${host}/wt`).ready
  })
  for (const rel of [
    'dns-prefetch',
    'preconnect',
    'prefetch',
    'prerender',
    'preload',
    'modulepreload',
    'stylesheet',
    'icon',
    'manifest'
  ]) {
    await attempt(`link ${rel}`, () => add('link', { rel, href: url(rel), as: 'script' }))
    await attempt(`name in link ${rel}`, () =>
      add('link', { rel, href: `https://${named(rel)}/`, as: 'script' })
    )
  }
  for (const [tag, name] of [
    ['img', 'src'],
    ['iframe', 'src'],
    ['embed', 'src'],
    ['object', 'data'],
    ['script', 'src'],
    ['audio', 'src'],
    ['video', 'src'],
    ['video', 'poster']
  ] as const) {
    await attempt(`${tag} ${name}`, () => add(tag, { [name]: url(tag) }))
  }
  await attempt('reporting an image', () =>
    add('img', { src: 'x.png', attributionsrc: url('attribution') })
  )
  await attempt('speculation rules', async () => {
    const rules = document.createElement('script')
    rules.type = 'speculationrules'
    rules.textContent = JSON.stringify({
      prefetch: [{ source: 'list', urls: [url('speculated')] }],
      prerender: [{ source: 'list', urls: [url('prerendered')] }]
    })
    document.head.append(rules)
  })
  await attempt('background', () => {
    document.body.style.backgroundImage = `url(${url('css')})`
    document.body.style.cursor = `url(${url('cursor')}), auto`
    return add('div', { style: `background: url(${url('inline')})` })
  })
  await attempt('style sheet', () => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`body { background: url(${url('sheet')}) }`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return add('div', {})
  })
  await attempt('font', () => new FontFace('x', `url(${url('font')})`).load())
  await attempt('worker', () => settled(new Worker(url('worker')), 'error'))
  await attempt('worker of text', () => {
    const text = `fetch(${JSON.stringify(url('from-worker'))}).finally(() => postMessage(1))`
    return settled(new Worker(URL.createObjectURL(new Blob([text]))), 'error', 'message')
  })
  await attempt('service worker', () => navigator.serviceWorker.register(url('sw')))
  await attempt('import', () => import(/* @vite-ignore */ url('module.js')))
  await attempt('frame of text', () =>
    add('iframe', {
      srcdoc: `<img src="${url('srcdoc')}"><meta http-equiv="refresh" content="0;url=${url('refresh')}">`
    })
  )
  await attempt('frame that has no policy of its own', async () => {
    const frame = (await add('iframe', {})) as HTMLIFrameElement
    const inner = frame.contentWindow as unknown as typeof window
    await inner.fetch(url('inner'))
  })
  await attempt('form', () => {
    const form = document.createElement('form')
    form.action = url('form')
    form.method = 'post'
    document.body.append(form)
    form.submit()
  })
  await attempt('link with a ping', () => {
    const link = document.createElement('a')
    link.href = '#here'
    link.ping = url('ping')
    document.body.append(link)
    link.click()
  })
  await attempt('download', () => {
    const link = document.createElement('a')
    link.href = url('download')
    link.download = 'x'
    document.body.append(link)
    link.click()
  })
  await attempt('another window', () => window.open(url('open')))
  await attempt('going there', () => location.assign(url('location')))
  await attempt('signing in', () =>
    navigator.credentials.get({
      identity: { providers: [{ configURL: url('fedcm'), clientId: 'x' }] }
    } as CredentialRequestOptions)
  )
  await attempt('paying', () => {
    const Request = (
      window as unknown as {
        PaymentRequest?: new (...args: unknown[]) => { canMakePayment(): Promise<boolean> }
      }
    ).PaymentRequest
    if (Request === undefined) return undefined
    const total = { label: 'x', amount: { currency: 'EUR', value: '1' } }
    return new Request([{ supportedMethods: `https://${host}/pay` }], { total }).canMakePayment()
  })
  return tried
}
