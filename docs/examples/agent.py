"""A Muster agent in a hundred lines of standard library, written from docs/protocol.md; numbers are its sections.
    python3 agent.py HUB_ADDRESS ENROLMENT_CODE [VERSION_OF_THE_NOTICE_THAT_THE_PERSON_ACCEPTED]
It enrols, is at work while it runs, beats, and sends one small picture while somebody watches. Its spool is in memory and its
token is forgotten: a real agent keeps both on disk (2.1), knows when its person is idle (2.3) and looks at the screen."""
import base64, http.client, json, os, random, signal, struct, sys, time, urllib.parse, urllib.request, uuid
TRACK, WIDTH, HEIGHT, PICTURE = 1, 16, 9, base64.b64decode("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAJ"
    "ABABAREA/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAEDBP/EAB8QAAECBgMAAAAAAAAAAAAAABMAAgQRITNRYRQxMv/aAAgBAQAAPwBQ3AA09ys/WdLNEiO4Fuku8bUkL//Z")
BOOT, clock, now_ms = str(uuid.uuid4()), time.monotonic, lambda: int(time.time() * 1000)
spool, noted = [], []  # events without `ack`; the kinds of all that ever were

class Closed(Exception): """Whether to stop, why, and the seconds to wait if the hub named some (4)."""

class Door:  # a WebSocket (RFC 6455) that begins with the standard library's HTTP
    def __init__(self, url, token):
        at, self.buffer = urllib.parse.urlsplit(url), b""
        http_or_https = http.client.HTTPSConnection if at.scheme == "wss" else http.client.HTTPConnection
        self.http = http_or_https(at.hostname, at.port, timeout=10)
        self.http.request("GET", at.path, headers={"Connection": "Upgrade", "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Protocol": "muster.agent.v1", "Authorization": f"Bearer {token}"})
        answer = self.http.getresponse()
        if answer.status != 101:
            raise Closed(answer.status in (401, 403), f"HTTP {answer.status}", answer.getheader("Retry-After"))
    def send(self, opcode, body):  # whole and masked
        mask, size = os.urandom(4), bytes([128 | len(body)]) if len(body) < 126 else struct.pack(">BH", 254, len(body))
        self.http.sock.settimeout(10)
        self.http.sock.sendall(bytes([128 | opcode]) + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(body)))
    def say(self, kind, **fields): self.send(1, json.dumps({"type": kind, **fields}).encode())
    def peek(self, size, until):
        while len(self.buffer) < size:
            self.http.sock.settimeout(max(until - clock(), 0.001))
            self.buffer += (chunk := self.http.sock.recv(65536))
            if not chunk: raise OSError("the socket broke")
        return self.buffer[:size]
    def hear(self, until):  # the next message, or {} if none is there by then; half of one waits for its rest
        try:
            opcode, size = self.peek(2, until)
            start = {126: 4, 127: 10}.get(size, 2)
            size = int.from_bytes(self.peek(start, until)[2:], "big") if start > 2 else size
            body, self.buffer = self.peek(start + size, until)[start:], self.buffer[start + size:]
        except TimeoutError: return {}
        if opcode & 15 == 9: self.send(10, body)  # ping, pong
        if opcode & 15 == 8: raise Closed(int.from_bytes(body[:2], "big") >= 4500, "closed", None)
        message = json.loads(body) if opcode & 15 == 1 else {}
        if message.get("type") == "close":
            raise Closed(message["action"] == "stop", message["reason"], message.get("retry_after_ms", 0) / 1000 or None)
        return message

def note(door, kind, **fields):  # 2.4
    noted.append(kind)
    spool.append({"seq": len(noted), "at": now_ms(), "kind": kind, **fields})
    door.say("events", items=spool[-1:])

def session(door, device, accepted):
    display = {"track": TRACK, "name": "Example", "width": WIDTH, "height": HEIGHT, "primary": True}
    door.say("hello", agent_version="example", os=sys.platform, device_id=device["deviceId"], boot_id=BOOT,  # 2.2
             displays=[display], utc_offset_min=0, next_seq=len(noted) + 1, sent_at=now_ms())
    welcome = message = door.hear(clock() + 5)
    spool[:] = [event for event in spool if event["seq"] > welcome["acked_seq"]]
    for first in range(0, len(spool), 256): door.say("events", items=spool[first:first + 256])
    notice, watch, beat_at, seq, owed = welcome.get("notice"), None, 0, 0, False  # owed: a `got` (2.7)
    while True:
        kind = message.get("type")
        if kind == "ack": spool[:] = [event for event in spool if event["seq"] > message["seq"]]
        notice, owed = message if kind == "notice" else notice, owed and kind != "got"
        if kind in ("watch", "unwatch"):  # of each tier: the picture that holds, and when the next one is due
            watch, held = message if kind == "watch" else None, {}
            due = {1: 0, 2: 0} if message.get("width", 0) > 480 else {1: 0}
        if kind in ("welcome", "notice", "watchers", "refused", "message"): print(json.dumps(message), flush=True)
        if notice and notice["version"] == accepted: notice = note(door, "notice_acknowledged", version=accepted)
        if not notice and "work_started" not in noted: note(door, "work_started")
        if clock() >= beat_at:  # 2.3
            beat_at = clock() + welcome["beat_every_ms"] / 1000
            door.say("beat", idle_ms=0, state="normal")
        if watch and not notice and not owed and clock() >= min(due.values()):
            owed, tier = True, min(due, key=due.get)
            due[tier] = clock() + (1 / watch["fps"] if tier == max(due) else 1)
            if tier in held: door.say("same", track=TRACK, seq=held[tier])
            else:
                held[tier] = seq = seq + 1
                header = 1, 1, tier, 0, TRACK, seq, len(PICTURE), now_ms(), WIDTH, HEIGHT, 0, 1  # 5
                door.send(2, struct.pack("<4BIIIQ4H", *header) + PICTURE)
        message = door.hear(min(beat_at, *due.values()) if watch and not owed else beat_at)

def main(hub, code, accepted=0):
    wish = json.dumps({"code": code, "name": "example", "os": sys.platform}).encode()  # 2.1
    wish = urllib.request.Request(hub + "/api/devices/enrol", wish, {"Content-Type": "application/json"})
    device, attempt, door = json.load(urllib.request.urlopen(wish)), 0, None
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    while True:
        begun = clock()
        try:
            door = Door(device["agentUrl"], device["token"])
            session(door, device, int(accepted))
        except KeyboardInterrupt:  # 2.5
            if door: note(door, "work_stopped"); door.say("bye", reason="quit")
            return
        except (Closed, OSError) as error:
            stop, reason, wait = error.args if isinstance(error, Closed) else (False, error, None)
            print(reason, file=sys.stderr, flush=True)
            if stop: return 1
        attempt = 0 if clock() - begun > 60 else attempt + 1
        time.sleep(random.uniform(0, min(60, 2 ** attempt / 2)) if wait is None else float(wait))  # 4

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
