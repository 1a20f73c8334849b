/**
 * Why a training failed: Tavus's own name, the words of its sentence that tell it from the others, and how the app
 * explains it. The name itself counts too, where the sentence has it. Source: reference on training error types.
 */
const trainingFailures = [
  ['download_link', /download/i, 'download'],
  ['consent_phrase_mismatch', /consent/i, 'consent'],
  ['file_size', /(?:maximum file size|larger|750)/i, 'size'],
  ['video_format', /not an? \.?mp4|file format/i, 'format'],
  ['video_codec', /not encoded|codec/i, 'format'],
  ['video_codec_and_format', /h\.?264|\.mp4/i, 'format'],
  ['video_fps', /\bfps\b|frame ?rate|frames per second/i, 'frameRate'],
  ['video_duration', /duration|too short|minute/i, 'duration'],
  ['lighting_change_detected', /light\w* chang|chang\w+ (?:in|of) (?:the )?light/i, 'light'],
  ['poor_lighting', /light/i, 'light'],
  ['background_noise_detected', /noise/i, 'audio'],
  ['audio_processing', /audio/i, 'audio'],
  [
    'second_person_detected',
    /(?:second|another|more than one|multiple) (?:person|people)/i,
    'face'
  ],
  ['hands_obstructing_face', /hand/i, 'face'],
  ['face_turned_away', /turned away|looking away/i, 'face'],
  ['teeth_not_visible', /teeth/i, 'face'],
  [
    'inconsistent_distance',
    /distance.*(?:consistent|chang)|(?:inconsistent|chang\w+).*distance/i,
    'face'
  ],
  ['improper_distance', /distance|too (?:close|far)/i, 'face'],
  ['improper_camera_angle', /angle/i, 'face'],
  ['excessive_movement_detected', /movement|moving/i, 'face'],
  ['video_processing', /face (?:is |was )?too small|damaged|corrupt/i, 'face'],
  ['face_or_obstruction_detected', /face|obstruct|person/i, 'face'],
  ['quality_issue_detected', /quality|720p|resolution/i, 'quality'],
  ['video_editing_detected', /edit|\bcuts?\b/i, 'cuts'],
  ['community_guidelines_violation', /guideline|moderation/i, 'rules']
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

const trainingFailure = (said: string | null) =>
  said === null
    ? undefined
    : (trainingFailures.find(([name]) => new RegExp(`\\b${name}\\b`).test(said)) ??
      trainingFailures.find(([, pattern]) => pattern.test(said)))

/** How the app explains a failed training. */
export const trainingFailureIn = (said: string | null) => trainingFailure(said)?.[2] ?? 'other'

/** Tavus's own name for a failure; null if its sentence fits none. */
export const trainingErrorType = (said: string | null) => trainingFailure(said)?.[0] ?? null

export const videoFailureIn = reasonIn(videoFailures)
