/** Settings, section by section. */
export const settings = {
  allDevices: 'Applies to all your devices.',
  thisDevice: 'Applies to this device.',
  // appearance
  languageOfBrowserText: 'The first language of your browser that there is here.',
  theme: 'Theme',
  density: 'Density',
  comfortable: 'Comfortable',
  compact: 'Compact',
  compactText: 'Smaller pictures and less space: more messages on the screen.',
  clock: 'Clock',
  clockOfDevice: 'As this device writes it',
  clock24: '24 hours',
  clock12: '12 hours',
} as const
