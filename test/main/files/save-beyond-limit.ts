import { saveWhole } from '../../../src/main/files/save-file.ts'

/** Saves more than a small limit on the size of files lets through, and prints what came of it: PATH. */
const [path = ''] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await saveWhole(path, 'x'.repeat(100_000))))
