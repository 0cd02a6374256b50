import Skeleton from '@mui/material/Skeleton'

const WIDTHS = [62, 38, 74, 46, 30, 66] as const

/** Shown only while the newest messages come over the network for the first time. */
export function TimelineSkeleton() {
  return (
    <div className="timeline-skeleton" aria-busy="true">
      {WIDTHS.map((width) => (
        <div key={width} className="timeline-skeleton-row">
          <Skeleton variant="rounded" width={36} height={36} sx={{ borderRadius: '28%' }} />
          <div style={{ flex: 1 }}>
            <Skeleton width={120} height={16} />
            <Skeleton width={`${width}%`} height={20} />
          </div>
        </div>
      ))}
    </div>
  )
}
