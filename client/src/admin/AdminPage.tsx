import GroupOutlined from '@mui/icons-material/GroupOutlined'
import HistoryRounded from '@mui/icons-material/HistoryRounded'
import HowToRegOutlined from '@mui/icons-material/HowToRegOutlined'
import LinkRounded from '@mui/icons-material/LinkRounded'
import PreviewOutlined from '@mui/icons-material/PreviewOutlined'
import TagRounded from '@mui/icons-material/TagRounded'
import { SectionPage, type Section } from '../ui/SectionPage.tsx'
import { AuditSection } from './AuditSection.tsx'
import { InvitationsSection } from './InvitationsSection.tsx'
import { PeopleSection } from './PeopleSection.tsx'
import { PreviewsSection } from './PreviewsSection.tsx'
import { RegistrationSection } from './RegistrationSection.tsx'
import { RoomsSection } from './RoomsSection.tsx'
import './admin.css'

/** One line for each section, in their order. */
const SECTIONS: readonly Section[] = [
  { name: 'people', title: 'admin.people', Icon: GroupOutlined, Content: PeopleSection },
  { name: 'rooms', title: 'admin.rooms', Icon: TagRounded, Content: RoomsSection },
  { name: 'invitations', title: 'admin.invitations', Icon: LinkRounded, Content: InvitationsSection },
  { name: 'registration', title: 'admin.registration', Icon: HowToRegOutlined, Content: RegistrationSection },
  { name: 'previews', title: 'admin.previews', Icon: PreviewOutlined, Content: PreviewsSection },
  { name: 'audit', title: 'admin.audit', Icon: HistoryRounded, Content: AuditSection },
]

/** What administrators look after. */
export function AdminPage({ section }: { section: string | undefined }) {
  return <SectionPage page="admin" sections={SECTIONS} open={section} />
}
