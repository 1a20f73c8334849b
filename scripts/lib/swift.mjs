import { execFile, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What signs requests to it: `user_ACCOUNT_USER` of its tempauth. */
export const swiftKey = { accessKeyId: 'test:tester', secretKey: 'testing', region: 'us-east-1' }

const patienceMs = 60_000

/** Debian's own, for which its packages are; another may come first on the path. */
const systemPython = '/usr/bin/python3'

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Rings with one device and one replica, so that one computer is the whole cluster. */
const ringMaker = `
import sys
from swift.common.ring import RingBuilder
for entry in sys.argv[2:]:
    server, port = entry.split(':')
    builder = RingBuilder(4, 1, 1)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port),
        'replication_ip': '127.0.0.1', 'replication_port': int(port),
        'device': 'sdb1', 'weight': 1.0, 'meta': ''})
    builder.rebalance()
    builder.get_ring().save(sys.argv[1] + '/' + server + '.ring.gz')
`

const shared = (folder, port) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
user = ${userInfo().username}
swift_dir = ${folder}
workers = 0
`

const storageConfig = (
  folder,
  server,
  port
) => `${shared(folder, port)}devices = ${join(folder, 'devices')}
mount_check = false
disable_fallocate = true

[pipeline:main]
pipeline = ${server}-server

[app:${server}-server]
use = egg:swift#${server}
`

const proxyConfig = (folder, port, cachePort) => `${shared(folder, port)}
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats bulk s3api tempauth slo dlo proxy-server

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true

[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${cachePort}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = ${swiftKey.region}
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`

/** Swift reads its settings from /etc unless it is told another folder before anything else. */
const starter = `
import sys
from swift.common.utils import set_swift_dir
set_swift_dir(sys.argv[1])
from swift.common.wsgi import run_wsgi
extra = {}
if sys.argv[3] == 'object-server':
    from swift.obj import server
    extra['global_conf_callback'] = server.global_conf_callback
sys.exit(run_wsgi(sys.argv[2], sys.argv[3], **extra))
`

/** OpenStack Swift with its S3 API on loopback, in a folder of its own: an implementation that is not ours. */
export async function startSwift(folder) {
  mkdirSync(join(folder, 'devices', 'sdb1'), { recursive: true })
  writeFileSync(
    join(folder, 'swift.conf'),
    '[swift-hash]\nswift_hash_path_suffix = suffix\nswift_hash_path_prefix = prefix\n'
  )
  const children = []
  const stop = () => {
    for (const child of children) child.kill()
  }
  const cachePort = await freePort()
  const user = userInfo().username
  children.push(
    spawn('memcached', ['-l', '127.0.0.1', '-p', String(cachePort), '-u', user], {
      stdio: 'ignore'
    })
  )
  const start = (server, config) => {
    const file = join(folder, `${server}-server.conf`)
    writeFileSync(file, config)
    const words = ['-c', starter, folder, file, `${server}-server`]
    children.push(spawn(systemPython, words, { stdio: 'ignore' }))
  }
  const ports = {}
  for (const server of ['account', 'container', 'object']) ports[server] = await freePort()
  const rings = Object.entries(ports).map(([server, port]) => `${server}:${port}`)
  await run(systemPython, ['-c', ringMaker, folder, ...rings])
  for (const [server, port] of Object.entries(ports)) {
    start(server, storageConfig(folder, server, port))
  }
  const port = await freePort()
  start('proxy', proxyConfig(folder, port, cachePort))
  const origin = `http://127.0.0.1:${port}`
  const giveUpAt = Date.now() + patienceMs
  for (;;) {
    const answer = await fetch(`${origin}/`).catch(() => null)
    if (answer !== null) return { origin, stop }
    if (Date.now() > giveUpAt) {
      stop()
      throw new Error('OpenStack Swift did not start')
    }
    await delay(200)
  }
}
