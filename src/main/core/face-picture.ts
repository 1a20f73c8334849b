import { nativeImage } from 'electron'

/** Sharp enough where a report shows it large, too. */
const pixels = 168
const quality = 82

/**
 * A small picture of a kept face as a `data:` address, square as it is shown; null for a clip, for what is not kept and for
 * what the system cannot read.
 */
export const createFacePicture =
  (pictureFile: (posterId: string) => Promise<string | null>) =>
  async (posterId: string): Promise<string | null> => {
    const file = await pictureFile(posterId)
    if (file === null) return null
    const picture = nativeImage.createFromPath(file)
    if (picture.isEmpty()) return null
    const { width, height } = picture.getSize()
    const side = Math.min(width, height)
    const x = Math.round((width - side) / 2)
    // Faces are in the upper part of a picture that stands upright.
    const y = Math.round((height - side) / 4)
    const square = picture.crop({ x, y, width: side, height: side })
    const small = square.resize({ width: pixels, height: pixels, quality: 'good' })
    return `data:image/jpeg;base64,${small.toJPEG(quality).toString('base64')}`
  }
