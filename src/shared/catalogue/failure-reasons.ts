/** Why a training failed, told apart by words of the provider's sentence. Source: reference on training error types. */
const trainingFailures = [
  [/download/i, 'download'],
  [/consent/i, 'consent'],
  [/(larger|size|750)/i, 'size'],
  [/(codec|h\.?264|format|\.mp4)/i, 'format'],
  [/(fps|frame rate)/i, 'frameRate'],
  [/(duration|too short|minute)/i, 'duration'],
  [/(light)/i, 'light'],
  [/(noise|audio)/i, 'audio'],
  [/(face|person|hand|teeth|obstruct|distance|angle|movement|moving)/i, 'face'],
  [/(edit|cut)/i, 'cuts'],
  [/(guideline|moderation)/i, 'rules']
] as const

/** Why a video was not made. Source: reference on video error types. */
const videoFailures = [
  [/(guideline|moderation|policy)/i, 'rules'],
  [/(replica|face).*(error|fail|not (ready|usable))/i, 'replica'],
  [/download/i, 'download'],
  [/audio|sound|\.wav|\.mp3/i, 'audio']
] as const

/** The first whose words are in the sentence. */
const reasonIn =
  <Reason extends string>(failures: readonly (readonly [RegExp, Reason])[]) =>
  (said: string | null): Reason | 'other' =>
    failures.find(([pattern]) => said !== null && pattern.test(said))?.[1] ?? 'other'

export const trainingFailureIn = reasonIn(trainingFailures)

export const videoFailureIn = reasonIn(videoFailures)
