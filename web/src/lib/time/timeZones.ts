/** The zone of this device. */
export function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Time zones by region, for a grouped choice. `own`, the one that is chosen, and UTC are there even if the browser's list lacks them. */
export function timeZonesByRegion(zones: readonly string[], own: string): [region: string, zones: string[]][] {
  const regions = new Map<string, string[]>();
  for (const zone of [...new Set([...zones, own, "UTC"])].sort()) {
    const region = zone.includes("/") ? zone.slice(0, zone.indexOf("/")) : "Other";
    const listed = regions.get(region);
    if (listed) listed.push(zone);
    else regions.set(region, [zone]);
  }
  return [...regions];
}
