/** The numbers of the protocol. Each is public: changing one is a change of `docs/PROTOCOL.md`. Units are in the names or comments. */
export const LIMITS = {
  /** Characters (UTF-16 code units) of a message. */
  messageText: 16_000,
  /** Sequence numbers in one log segment. */
  segmentSize: 256,
  roomName: 80,
  roomTopic: 500,
  filesPerMessage: 10,
  mentionsPerMessage: 50,
  emojiPerMessage: 20,
  usersPerEmoji: 200,
  pinsPerRoom: 100,
  membersInDocument: 500,
  membersInvitedAtOnce: 200,
  membersInDm: 10,
  mentionsKept: 200,
  receiptsUpToMembers: 50,
  unreadCountedTo: 100,
  settingKey: 64,
  settingBytes: 8_192,
  draftsPerUser: 1_000,
  /** Links of a message that get a preview, and characters of what a preview says. */
  previewsPerMessage: 3,
  previewUrl: 2_048,
  previewTitle: 200,
  previewDescription: 400,
  previewSite: 80,
  banReason: 300,
  reportNote: 500,
  /** Reports of one person in one room that nobody has settled yet. */
  openReportsPerMember: 50,
  /** Milliseconds that `at` may lie ahead of the server's clock before it is taken as the time of commit. */
  batch: 64,
  outboxWindowCommands: 200,
  outboxWindowBytes: 256_000,
  /** Marks after which a tab begins a new `run`. */
  outboxRunMarks: 500,
  outboxDocumentBytes: 1_048_576,
  /** Commands taken in per second and outbox; beyond, the outbox is paced, never refused. */
  outboxPerSecond: 50,
  frameBytes: 1_048_576,
  clientFrameBytes: 900_000,
  compressAboveBytes: 8_192,
  outboxUpdateStructs: 2_000,
  /** Structs, and ranges of deletions, of one update to a document that is not an outbox. */
  updateStructs: 100_000,
  /** Notes of a room, what waits for its predecessors included; only deletions pass beyond. */
  notesDocumentBytes: 8_388_608,
  notesDocumentStructs: 200_000,
  /** Elements within elements. */
  notesDepth: 100,
  /** Updates to notes whose predecessors have not come yet. */
  notesWaitingBytes: 65_536,
  /** A version of notes is kept at most so often, ms, and before they are set back to an earlier one. */
  notesVersionEveryMs: 600_000,
  /** Versions of one room's notes, and their bytes in all. */
  notesVersions: 50,
  notesVersionsBytes: 67_108_864,
  documentsPerSocket: 200,
  /** Over all instances. */
  socketsPerUser: 20,
  /** Sockets of an instance that has said nothing for so long no longer count, ms. */
  socketLeaseMs: 6_000,
  /** Sockets of one address, and in all, on an instance, that have not authenticated yet. */
  waitingSocketsOfAddress: 100,
  waitingSockets: 2_000,
  awarenessPerSecond: 5,
  awarenessBytes: 2_048,
  /** A message of a client outside documents. */
  statelessBytes: 32_768,
  /** People whose presence one connection asks for, beyond those in direct conversations. */
  watchedPeople: 500,
  /** Milliseconds without input on any device after which a person is away. */
  awayAfterMs: 300_000,
  /** When somebody was last here is written at most so often. */
  lastSeenEveryMs: 60_000,
  statusText: 80,
  /** A message that came longer ago makes no notification any more, ms. */
  notifiedWithinMs: 600_000,
  /** Devices of a user that are told of messages while no page is open there. */
  pushSubscriptions: 10,
  /** Characters of the address of a push service. */
  pushEndpoint: 2_048,
  scheduledPerUser: 100,
  /** How far ahead a message may be scheduled, ms: a year. */
  scheduledAheadMs: 366 * 24 * 3_600_000,
  /** A log document is rebuilt from rows past this many Yjs clients ... */
  rebuildClients: 64,
  /** ... or above this many bytes and `rebuildFactor` times its live content. */
  rebuildBytes: 131_072,
  rebuildFactor: 4,
  /** Milliseconds between two looks at what rose in the database (R5: removal takes effect within 2 s). */
  beatMs: 1_000,
  authenticateWithinMs: 10_000,
  accessTokenSeconds: 300,
  /** A session ends so many days after its last refresh, and after its sign-in. */
  sessionUnusedDays: 30,
  sessionDays: 180,
  /** ms for which a sign-in or a confirmation is recent enough for sensitive changes. */
  confirmedForMs: 10 * 60_000,
  settledKeptMs: 7 * 24 * 3_600_000,
  httpCommands: 100,
  /** Characters of a search, its words and filters, and the words in all, where an address counts as many. */
  searchQuery: 500,
  searchTerms: 30,
  searchWords: 64,
  /** Results of one page, and of all pages of the best. */
  searchResults: 50,
  searchBest: 500,
  /** Characters of a message that a result shows. */
  searchExcerpt: 300,
  pageEntries: 100,
} as const

/** Version of the wire protocol: raised when an older client could not go on. */
export const PROTOCOL_VERSION = 1
/** Oldest client version that this server still serves. */
export const PROTOCOL_OLDEST = 1
