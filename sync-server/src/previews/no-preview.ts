import { NoAnswer } from '../outgoing/no-answer.ts'

type Reason = 'redirects' | 'downgrade' | 'status' | 'type' | 'encoding' | 'too_large' | 'broken' | 'timeout' | 'no_title'

/** Why a page that answered gets no preview. */
export class NoPreview extends NoAnswer<Reason> {}
