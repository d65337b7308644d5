/** At the latest so long after painting (docs/protocol.md, section 3): the hub measures the viewer's delay by it. */
const ACK_WITHIN_MS = 50;
/** And at the latest after so many messages. */
const ACK_AFTER_MESSAGES = 8;

/** Says that everything up to this message is on the screen, and when that was, by the hub's clock. */
export type SendAck = (messageId: number, paintedAtMs: number) => void;

/**
 * Acknowledges messages in the order in which they came, however their decoding overtakes: an acknowledgement speaks for
 * everything before it. A message is done when it is painted, or when it never will be.
 */
export class Acknowledger {
  readonly #send: SendAck;
  readonly #nowMs: () => number;
  /** Oldest first. The hub's window bounds it. */
  #open: { messageId: number; isDone: boolean }[] = [];
  #unsaid = 0;
  #newest = { messageId: 0, paintedAtMs: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: SendAck, nowMs: () => number) {
    this.#send = send;
    this.#nowMs = nowMs;
  }

  /** A message came in. The returned function says that it is done; a second call changes nothing. */
  received(messageId: number): () => void {
    const message = { messageId, isDone: false };
    this.#open.push(message);
    return () => {
      message.isDone = true;
      this.#advance();
    };
  }

  /** Another socket counts its messages anew. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#open = [];
    this.#unsaid = 0;
  }

  #advance(): void {
    const firstOpen = this.#open.findIndex(({ isDone }) => !isDone);
    const done = this.#open.splice(0, firstOpen === -1 ? this.#open.length : firstOpen);
    const last = done.at(-1);
    if (!last) return;
    this.#newest = { messageId: last.messageId, paintedAtMs: this.#nowMs() };
    this.#unsaid += done.length;
    if (this.#unsaid >= ACK_AFTER_MESSAGES) this.#say();
    else this.#timer ??= setTimeout(() => this.#say(), ACK_WITHIN_MS);
  }

  #say(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#unsaid = 0;
    this.#send(this.#newest.messageId, Math.round(this.#newest.paintedAtMs));
  }
}
