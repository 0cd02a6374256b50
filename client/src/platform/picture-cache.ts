/** The service worker's cache of pictures of people. The page empties it when someone signs out. */
export const PICTURE_CACHE = 'chatflow-pictures'

/** Pictures kept; beyond, those fetched first go first. At some 10 kB each. */
export const PICTURES_KEPT = 500
