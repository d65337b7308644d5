import { getRouteApi } from "@tanstack/react-router";
import { NoticeSettings } from "@/features/notice/components/NoticeSettings";
import { useDocumentTitle } from "@/lib/dom/useDocumentTitle";
import { useMe } from "../useMe";

const route = getRouteApi("/frame/settings/notice");

/** `/settings/notice`: what everybody has to acknowledge, and who has. */
export function NoticePage() {
  useDocumentTitle("Notice");
  const { organization } = useMe();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <NoticeSettings
      organization={organization.name}
      timeZone={organization.timeZone}
      search={search}
      onSearch={(change) =>
        void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false })
      }
    />
  );
}
