import FlagOutlined from '@mui/icons-material/FlagOutlined'
import TaskAltRounded from '@mui/icons-material/TaskAltRounded'
import { SectionPage, type Section } from '../ui/SectionPage.tsx'
import { OpenReports } from './OpenReports.tsx'
import { ResolvedReports } from './ResolvedReports.tsx'

const SECTIONS: readonly Section[] = [
  { name: 'open', title: 'moderation.open', Icon: FlagOutlined, Content: OpenReports },
  { name: 'settled', title: 'moderation.settled', Icon: TaskAltRounded, Content: ResolvedReports },
]

/** What members have reported, for those who moderate a room and for administrators: one place for both. */
export function ReportsPage({ section }: { section: string | undefined }) {
  return <SectionPage page="reports" sections={SECTIONS} open={section} />
}
