/** Tavus's required wording, quoted to the letter. Source: seeds/003, description of Create Replica. */
const wording =
  'I, [FULL NAME], am currently speaking and consent Tavus to create an AI clone of me by using the audio and video samples I provide. I understand that this AI clone can be used to create videos that look and sound like me.'

/** The statement with the person's name, or with the gap that Tavus leaves for it. */
export const consentStatement = (fullName: string): string =>
  fullName.trim() === '' ? wording : wording.replace('[FULL NAME]', () => fullName.trim())
