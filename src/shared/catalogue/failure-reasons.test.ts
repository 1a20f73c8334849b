import { expect, test } from 'vitest'
import { trainingErrorType, trainingFailureIn } from './failure-reasons.ts'

/** In our words, by what Tavus documents of each failure (reference/tavus.md 7.4). */
test.each([
  ['The link could not be used for downloading the file.', 'download_link', 'download'],
  ['The spoken consent is worded differently.', 'consent_phrase_mismatch', 'consent'],
  ['It is over the maximum file size of 750MB.', 'file_size', 'size'],
  ['The file is not a .mp4 file; use a .mp4 file with h.264.', 'video_format', 'format'],
  ['The file is not encoded using h.264; use .mp4 with h.264.', 'video_codec', 'format'],
  ['Make sure it is a .mp4 file with h.264.', 'video_codec_and_format', 'format'],
  ['Below the minimum duration.', 'video_duration', 'duration'],
  ['The FPS is too low.', 'video_fps', 'frameRate'],
  ['The lighting changes within the video.', 'lighting_change_detected', 'light'],
  ['The lighting is poor.', 'poor_lighting', 'light'],
  ['There is background noise.', 'background_noise_detected', 'audio'],
  ['The audio step failed.', 'audio_processing', 'audio'],
  ['Another person is in the picture.', 'second_person_detected', 'face'],
  ['A hand is before the face.', 'hands_obstructing_face', 'face'],
  ['The teeth cannot be seen.', 'teeth_not_visible', 'face'],
  ['The distance to the camera is not consistent.', 'inconsistent_distance', 'face'],
  ['The camera angle is not right.', 'improper_camera_angle', 'face'],
  ['There is too much movement.', 'excessive_movement_detected', 'face'],
  ['The face is covered.', 'face_or_obstruction_detected', 'face'],
  ['The quality is too low, under 720p.', 'quality_issue_detected', 'quality'],
  ['The video has been edited.', 'video_editing_detected', 'cuts'],
  ['It is against the guidelines.', 'community_guidelines_violation', 'rules'],
  ['face_turned_away', 'face_turned_away', 'face'],
  ['Failed with video_fps: something about a face.', 'video_fps', 'frameRate'],
  ['Something else.', null, 'other'],
  [null, null, 'other']
])('%j is %s', (said, type, reason) => {
  expect([trainingErrorType(said), trainingFailureIn(said)]).toEqual([type, reason])
})
