/** Colors of the component library that nothing here wears; its sheet declares 26 variables for each. */
const unworn = ['pink', 'grape', 'violet', 'indigo', 'cyan', 'green', 'lime', 'yellow', 'orange']

const declaration = new RegExp(`--mantine-color-(?:${unworn.join('|')})-[\\w-]+:[^;}]*;`, 'g')

/** Leaves them out of the first screen's sheet. */
export const wornColorsPlugin = () => ({
  name: 'worn-colors',
  enforce: 'pre',
  transform(code, id) {
    return id.endsWith('default-css-variables.layer.css') ? code.replaceAll(declaration, '') : null
  }
})
