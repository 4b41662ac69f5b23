import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useServerUrl } from '../lib/use-server-url.ts';
import { PageFrame } from '../shell/page/page-frame.tsx';
import { NothingHere } from '../ui/page/empty-state.tsx';
import { AboutSection } from './about/about-section.tsx';
import { AppearanceSection } from './about/appearance-section.tsx';
import { ConnectionsSection } from './connections/connections-section.tsx';
import { ExportsSection } from './exports/exports-section.tsx';
import { GeneralSection } from './general/general-section.tsx';
import { KeysSection } from './keys/keys-section.tsx';
import { MediaSection } from './media/media-section.tsx';
import { MembersSection } from './members/members-section.tsx';
import { words } from './messages.ts';
import { ModelsSection } from './models/models-section.tsx';
import { RetentionSection } from './retention/retention-section.tsx';
import { toCall } from './section-call.ts';
import { findSection, sections, type SectionName } from './sections.ts';

const bodies: Readonly<Record<SectionName, (props: { readonly project: string }) => ReactNode>> = {
  general: GeneralSection,
  members: MembersSection,
  keys: KeysSection,
  connections: ConnectionsSection,
  models: ModelsSection,
  retention: RetentionSection,
  media: MediaSection,
  exports: ExportsSection,
  appearance: AppearanceSection,
  about: AboutSection,
};

const route = getRouteApi('/p/$project/settings/$section');

/** The settings of a project; which part is shown stands in the address. */
export function SettingsPage() {
  const { project, section: named } = route.useParams();
  const section = findSection(named);
  const baseUrl = useServerUrl();
  const call = section === undefined ? undefined : toCall(section, project, baseUrl);
  const Body = section === undefined ? undefined : bodies[section];
  return (
    <PageFrame
      title={section === undefined ? words.title : words.sections[section]}
      crumbs={[
        {
          label: words.title,
          link: { to: '/p/$project/settings/$section', params: { project, section: 'general' } },
        },
      ]}
      call={call}
    >
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <SectionMenu project={project} current={section} />
        <div
          key={section}
          className="relative min-h-0 min-w-0 flex-1 overflow-y-auto"
          data-section={section}
        >
          {Body === undefined ? (
            <NothingHere name="section">{words.missing}</NothingHere>
          ) : (
            <Body project={project} />
          )}
        </div>
      </div>
    </PageFrame>
  );
}

function SectionMenu({
  project,
  current,
}: {
  readonly project: string;
  readonly current: SectionName | undefined;
}) {
  const open = useRef<HTMLAnchorElement>(null);
  // In a narrow window the menu is one line that scrolls.
  useEffect(() => {
    open.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav
      aria-label={words.menu}
      className="shrink-0 border-line max-md:overflow-x-auto max-md:border-b md:w-48 md:overflow-y-auto md:border-r md:p-2"
    >
      <ul className="max-md:flex max-md:px-2">
        {sections.map((section) => (
          <li key={section}>
            <Link
              to="/p/$project/settings/$section"
              params={{ project, section }}
              ref={section === current ? open : undefined}
              activeOptions={{ includeSearch: false }}
              className="flex h-8 items-center rounded-md px-2 whitespace-nowrap text-muted hover:bg-hover hover:text-fg focus-visible:-outline-offset-2 max-md:h-10 max-md:rounded-none max-md:border-b-2 max-md:border-transparent md:mb-0.5 [&[data-status=active]]:text-fg max-md:[&[data-status=active]]:border-accent md:[&[data-status=active]]:bg-accent-soft md:[&[data-status=active]]:font-medium"
            >
              {words.sections[section]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
