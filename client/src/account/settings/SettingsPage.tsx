import DevicesOutlined from '@mui/icons-material/DevicesOutlined'
import FolderZipOutlined from '@mui/icons-material/FolderZipOutlined'
import ManageAccountsOutlined from '@mui/icons-material/ManageAccountsOutlined'
import NotificationsOutlined from '@mui/icons-material/NotificationsOutlined'
import PaletteOutlined from '@mui/icons-material/PaletteOutlined'
import PersonOutlined from '@mui/icons-material/PersonOutlined'
import ShieldOutlined from '@mui/icons-material/ShieldOutlined'
import VisibilityOutlined from '@mui/icons-material/VisibilityOutlined'
import { SectionPage, type Section } from '../../ui/SectionPage.tsx'
import { AccountSection } from './AccountSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { DevicesSection } from './devices/DevicesSection.tsx'
import { DataSection } from './DataSection.tsx'
import { NotificationsSection } from './NotificationsSection.tsx'
import { PrivacySection } from './PrivacySection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { SecuritySection } from './security/SecuritySection.tsx'

/** One line for each section, in their order. */
const SECTIONS: readonly Section[] = [
  { name: 'profile', title: 'settings.profile', Icon: PersonOutlined, Content: ProfileSection },
  { name: 'account', title: 'settings.account', Icon: ManageAccountsOutlined, Content: AccountSection },
  { name: 'security', title: 'settings.security', Icon: ShieldOutlined, Content: SecuritySection },
  { name: 'devices', title: 'settings.devices', Icon: DevicesOutlined, Content: DevicesSection },
  { name: 'privacy', title: 'settings.privacy', Icon: VisibilityOutlined, Content: PrivacySection },
  { name: 'notifications', title: 'settings.notifications', Icon: NotificationsOutlined, Content: NotificationsSection },
  { name: 'appearance', title: 'settings.appearance', Icon: PaletteOutlined, Content: AppearanceSection },
  { name: 'data', title: 'settings.data', Icon: FolderZipOutlined, Content: DataSection },
]

/** What belongs to the person: profile, security, the look of the app, data. */
export function SettingsPage({ section }: { section: string | undefined }) {
  return <SectionPage page="settings" sections={SECTIONS} open={section} />
}
