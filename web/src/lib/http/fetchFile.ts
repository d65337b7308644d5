import { NetworkError } from "./apiError";
import { keepSession } from "./keepSession";
import { refusal } from "./send";

export interface FetchedFile {
  name: string;
  content: Blob;
}

/** Gets a file that the hub makes, such as an export. Throws as `request` does. `fallbackName`: if the hub names none. */
export async function fetchFile(path: string, fallbackName: string): Promise<FetchedFile> {
  await keepSession();
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin" });
  } catch (cause) {
    throw new NetworkError(cause);
  }
  if (!response.ok) throw refusal(response, await response.text());
  return { name: nameIn(response.headers.get("Content-Disposition")) ?? fallbackName, content: await response.blob() };
}

/** The plain form of RFC 6266, which is the only one that the hub writes: `attachment; filename="viewings.csv"`. */
export function nameIn(disposition: string | null): string | undefined {
  return /filename="([^"\\/]+)"/.exec(disposition ?? "")?.[1];
}
