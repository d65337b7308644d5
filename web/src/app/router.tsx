import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { meQuery } from "@/features/auth/api/session";
import { parseHoursSearch } from "@/features/hours/model/hoursSearch";
import { parseWallSearch } from "@/features/live/model/wallSearch";
import { noticeQuery } from "@/features/notice/api/notice";
import { parseBoardSearch } from "@/features/presence/model/boardSearch";
import { parseShotSearch } from "@/features/screenshots/model/shotSearch";
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
    ]),
    userDashboardRoute,
    loginRoute,
    setupRoute,
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
