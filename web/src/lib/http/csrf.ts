/**
 * The readable cookie that comes with a session; its value goes back in a header, which another site cannot do.
 * Its presence also says that a session may exist, so that a signed-out page asks nothing that would be refused.
 */
export function readCsrfToken(): string | undefined {
  const pair = document.cookie.split("; ").find((cookie) => cookie.startsWith("muster_csrf="));
  return pair?.slice("muster_csrf=".length) || undefined;
}
