/** Endings of files that are taken for videos; what they are is told by their content. */
export const videoEndings = ['.mp4', '.mov', '.m4v', '.webm', '.mkv', '.avi'] as const
