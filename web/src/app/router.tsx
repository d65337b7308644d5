import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { Me } from "@/api/types";
import { parseAuditSearch } from "@/features/audit/model/auditSearch";
import { meQuery } from "@/features/auth/api/session";
import { parseDeviceSearch } from "@/features/devices/model/deviceSearch";
import { parseDownloadSearch } from "@/features/downloads/model/downloadSearch";
import { parseHoursSearch } from "@/features/hours/model/hoursSearch";
import { parseWallSearch } from "@/features/live/model/wallSearch";
import { noticeQuery } from "@/features/notice/api/notice";
import { parseNoticeSearch } from "@/features/notice/model/noticeSearch";
import { parsePeopleSearch } from "@/features/people/model/peopleSearch";
import { parsePolicySearch } from "@/features/policy/model/policySearch";
import { parseBoardSearch } from "@/features/presence/model/boardSearch";
import { parseShotSearch } from "@/features/screenshots/model/shotSearch";
import { parseTeamSearch } from "@/features/teams/model/teamSearch";
import { parseViewingSearch } from "@/features/viewings/model/viewingSearch";
import { parseActivitySearch } from "./activitySearch";
import { ErrorPage } from "./pages/ErrorPage";
import { NotFoundPage } from "./pages/NotFoundPage";
import { queryClient } from "./queryClient";
import { Frame } from "./shell/Frame";
import { FrameSkeleton } from "./shell/FrameSkeleton";

const rootRoute = createRootRouteWithContext<{ queryClient: typeof queryClient }>()({
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
});

/** Everything inside needs somebody who is signed in. */
const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "frame",
  component: Frame,
  pendingComponent: FrameSkeleton,
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: "/login", search: location.href === "/" ? {} : { to: location.href } });
    return { me };
  },
  // Known before the first paint, so that no banner pushes the page down. A hub that does not answer holds nothing up.
  loader: ({ context }) => context.queryClient.prefetchQuery({ ...noticeQuery, retry: false }),
});

const dashboardRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  validateSearch: parseBoardSearch,
  beforeLoad: ({ context }) => {
    if (context.me.role === "employee") throw redirect({ to: "/my-day", replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/DashboardPage"), "DashboardPage"),
});

const liveRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/live",
  validateSearch: parseWallSearch,
  beforeLoad: ({ context }) => {
    if (context.me.role === "employee") throw redirect({ to: "/my-day", replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/LiveWallPage"), "LiveWallPage"),
});

/** An employee sees the own hours and pictures on the same pages, with everything that a manager sees of them. */
const hoursRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/hours",
  validateSearch: parseHoursSearch,
  component: lazyRouteComponent(() => import("./pages/WorkHoursPage"), "WorkHoursPage"),
});

const activityRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/activity",
  validateSearch: parseActivitySearch,
  component: lazyRouteComponent(() => import("./pages/ActivityPage"), "ActivityPage"),
});

const screenshotsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/screenshots",
  validateSearch: parseShotSearch,
  component: lazyRouteComponent(() => import("./pages/ScreenshotsPage"), "ScreenshotsPage"),
});

const myDayRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/my-day",
  component: lazyRouteComponent(() => import("./pages/MyDayPage"), "MyDayPage"),
});

const alertsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/alerts",
  component: lazyRouteComponent(() => import("./pages/AlertsPage"), "AlertsPage"),
});

const ownRecordRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/my-data",
  component: lazyRouteComponent(() => import("./pages/OwnRecordPage"), "OwnRecordPage"),
});

const viewingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/viewings",
  validateSearch: parseViewingSearch,
  component: lazyRouteComponent(() => import("./pages/ViewingsPage"), "ViewingsPage"),
});

/** Employees have no business here: they are led to their own page. */
function managersOnly({ context }: { context: { me: Me } }): void {
  if (context.me.role === "employee") throw redirect({ to: "/my-day", replace: true });
}

/** For administrators; everybody else is led to where they begin. */
function administratorsOnly({ context }: { context: { me: Me } }): void {
  if (context.me.role !== "admin") throw redirect({ to: "/", replace: true });
}

const peopleRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/people",
  beforeLoad: managersOnly,
});

const peopleListRoute = createRoute({
  getParentRoute: () => peopleRoute,
  path: "/",
  validateSearch: parsePeopleSearch,
  component: lazyRouteComponent(() => import("./pages/PeoplePage"), "PeoplePage"),
});

const importPeopleRoute = createRoute({
  getParentRoute: () => peopleRoute,
  path: "/import",
  component: lazyRouteComponent(() => import("./pages/ImportPeoplePage"), "ImportPeoplePage"),
});

const personRoute = createRoute({
  getParentRoute: () => peopleRoute,
  path: "/$id",
  component: lazyRouteComponent(() => import("./pages/PersonPage"), "PersonPage"),
});

const teamsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/teams",
  validateSearch: parseTeamSearch,
  beforeLoad: managersOnly,
  component: lazyRouteComponent(() => import("./pages/TeamsPage"), "TeamsPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings",
  beforeLoad: administratorsOnly,
  component: lazyRouteComponent(() => import("./pages/SettingsLayout"), "SettingsLayout"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/organization", replace: true });
  },
});

const organizationRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/organization",
  component: lazyRouteComponent(() => import("./pages/OrganizationPage"), "OrganizationPage"),
});

const policyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/policy",
  validateSearch: parsePolicySearch,
  component: lazyRouteComponent(() => import("./pages/PolicyPage"), "PolicyPage"),
});

const noticeRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/notice",
  validateSearch: parseNoticeSearch,
  component: lazyRouteComponent(() => import("./pages/NoticePage"), "NoticePage"),
});

const retentionRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/retention",
  component: lazyRouteComponent(() => import("./pages/RetentionPage"), "RetentionPage"),
});

const devicesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/devices",
  validateSearch: parseDeviceSearch,
  component: lazyRouteComponent(() => import("./pages/DevicesPage"), "DevicesPage"),
});

const alertSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/alerts",
  component: lazyRouteComponent(() => import("./pages/AlertSettingsPage"), "AlertSettingsPage"),
});

const downloadsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/downloads",
  validateSearch: parseDownloadSearch,
  component: lazyRouteComponent(() => import("./pages/DownloadsPage"), "DownloadsPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/audit",
  validateSearch: parseAuditSearch,
  beforeLoad: administratorsOnly,
  component: lazyRouteComponent(() => import("./pages/AuditPage"), "AuditPage"),
});

const systemRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/system",
  beforeLoad: administratorsOnly,
  component: lazyRouteComponent(() => import("./pages/SystemPage"), "SystemPage"),
});

/** Where older clients send an employee. */
const userDashboardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/user/dashboard",
  beforeLoad: () => {
    throw redirect({ to: "/my-day", replace: true });
  },
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { to?: string } => ({ to: ownPath(search.to) }),
  beforeLoad: async ({ context, search }) => {
    if (await context.queryClient.ensureQueryData(meQuery)) throw redirect({ href: search.to ?? "/" });
  },
  component: lazyRouteComponent(() => import("./pages/LoginPage"), "LoginPage"),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  component: lazyRouteComponent(() => import("./pages/SetupPage"), "SetupPage"),
});

const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite",
  component: lazyRouteComponent(() => import("./pages/InvitePage"), "InvitePage"),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    frameRoute.addChildren([
      dashboardRoute,
      liveRoute,
      hoursRoute,
      activityRoute,
      screenshotsRoute,
      myDayRoute,
      ownRecordRoute,
      alertsRoute,
      viewingsRoute,
      peopleRoute.addChildren([peopleListRoute, importPeopleRoute, personRoute]),
      teamsRoute,
      settingsRoute.addChildren([
        settingsIndexRoute,
        organizationRoute,
        policyRoute,
        noticeRoute,
        retentionRoute,
        devicesRoute,
        alertSettingsRoute,
      ]),
      downloadsRoute,
      auditRoute,
      systemRoute,
    ]),
    userDashboardRoute,
    loginRoute,
    setupRoute,
    inviteRoute,
  ]),
  context: { queryClient },
  defaultPreload: "intent",
  defaultPendingMs: 200,
});

/** Where to go after signing in: a path of this portal, never another site. */
function ownPath(to: unknown): string | undefined {
  return typeof to === "string" && /^\/(?![/\\])/.test(to) ? to : undefined;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
