import Bowser from 'bowser'

interface DeviceLabel {
  device: string
  browser: string
}

/** Longer ones are cut: what names a browser stands in front. */
const LONGEST = 400
const LONGEST_LABEL = 60

/** What people recognise a device by, from the `User-Agent` it sends: "iPhone", "Safari 17". Both empty if it says nothing known. */
export function deviceLabel(userAgent: string | undefined): DeviceLabel {
  if (!userAgent) return { device: '', browser: '' }
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, LONGEST))
  const version = /^\d+/.exec(browser.version ?? '')?.[0]
  const model = platform.vendor === 'Apple' && platform.model ? platform.model : undefined
  return { device: label(model ?? os.name), browser: label(browser.name && version ? `${browser.name} ${version}` : browser.name) }
}

function label(text: string | undefined): string {
  return (text ?? '').replaceAll(/[^\x20-\x7e]/g, '').slice(0, LONGEST_LABEL)
}
