import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import { SectionPage, type Section } from '../ui/SectionPage.tsx'
import { ScheduledList } from './ScheduledList.tsx'

const SECTIONS: readonly Section[] = [{ name: 'all', title: 'pages.scheduledMessages', Icon: ScheduleRounded, Content: () => <ScheduledList /> }]

/** What is to be sent at a time, over all rooms. */
export function ScheduledPage({ section }: { section: string | undefined }) {
  return <SectionPage page="scheduled" sections={SECTIONS} open={section} />
}
