//! The simulated agent against a door that speaks the protocol by hand.

use muster_loadtest::agent::behaviour::Command;
use muster_loadtest::agent::pace::Pause;
use muster_loadtest::agent::{AgentCommand, AgentEnd, Faults, Habits, Screenshots};
use muster_protocol::agent::{AgentDown, AgentUp, BeatState, DurableEvent, EventKind, RefusedEvent, Watch};
use muster_protocol::policy::{Notice, Policy};
use muster_protocol::{CloseCode, UtcMillis};
use serde_json::json;

use crate::support::{self, FakeDoor, FakeRest, Heard, POLICY, TestAgent, welcome};

/// No portal door is needed: nothing is uploaded.
const NO_REST: &str = "http://127.0.0.1:9";
const NO_PICTURES: Habits = Habits { screenshots: Screenshots::Never, reconnect_within_ms: 100, ..Habits::OFFICE };

fn seqs(events: &[DurableEvent]) -> Vec<u64> {
    events.iter().map(|event| event.seq).collect()
}

fn kinds(events: &[DurableEvent]) -> Vec<EventKind> {
    events.iter().map(|event| event.kind.clone()).collect()
}

async fn record(agent: &TestAgent, kind: EventKind) {
    assert!(agent.handle.tell(AgentCommand::Record { at: None, kind }).await);
}

async fn person(agent: &TestAgent, command: Command) {
    assert!(agent.handle.tell(AgentCommand::Person(command)).await);
}

#[tokio::test]
async fn hello_is_first_and_says_who_it_is() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let session = door.let_in().await;
    assert_eq!(session.authorization, "Bearer device-token");
    assert_eq!(session.hello.device_id, agent.identity.device);
    assert_eq!(session.hello.next_seq, 1);
    assert_eq!(session.hello.displays.len(), 1);
}

#[tokio::test]
async fn beats_come_at_the_cadence_of_the_hub_and_say_what_the_person_does() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let mut session = door.welcome(welcome(0)).await;
    for _ in 0..3 {
        let beat = session.beat().await;
        assert_eq!(beat.state, BeatState::Normal);
        assert!(beat.idle_ms < 2_000, "{beat:?}");
    }
    person(&agent, Command::Pause(Pause::Locked)).await;
    while session.beat().await.state != BeatState::Locked {}
}

#[tokio::test]
async fn events_are_sent_again_after_a_reconnect_until_they_are_acknowledged() {
    let door = FakeDoor::open().await;
    let mut agent = TestAgent::start(&door, NO_REST, NO_PICTURES);

    let mut session = door.welcome(welcome(0)).await;
    let boot = session.hello.boot_id;
    assert_eq!(kinds(&session.events().await), [EventKind::WorkStarted]);
    record(&agent, EventKind::WorkContinued).await;
    assert_eq!(seqs(&session.events().await), [2]);
    drop(session);

    let mut session = door.welcome(welcome(0)).await;
    assert_eq!((session.hello.boot_id, session.hello.next_seq), (boot, 3));
    assert_eq!(seqs(&session.events().await), [1, 2]);
    session.acknowledge(boot, 1).await;
    agent.observed("EventAcknowledged").await;
    drop(session);

    // This welcome knows of the second one: its acknowledgement was lost, not its commit.
    let mut session = door.welcome(welcome(2)).await;
    agent.observed("EventAcknowledged").await;
    record(&agent, EventKind::WorkContinued).await;
    assert_eq!(seqs(&session.events().await), [3]);
}

#[tokio::test]
async fn a_restarted_device_sends_its_old_events_under_their_old_name() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let mut session = door.welcome(welcome(0)).await;
    let old = session.hello.boot_id;
    assert_eq!(seqs(&session.events().await), [1]);
    assert!(agent.handle.tell(AgentCommand::Reboot).await);
    assert_eq!(session.ending().await, None);

    let mut session = door.welcome(welcome(0)).await;
    assert_ne!(session.hello.boot_id, old);
    assert_eq!(session.hello.next_seq, 1);
    let events = session.events().await;
    assert_eq!((events[0].boot_id, events[0].seq), (Some(old), 1));
    record(&agent, EventKind::WorkContinued).await;
    let events = session.events().await;
    assert_eq!((events[0].boot_id, events[0].seq), (None, 1));
}

#[tokio::test]
async fn a_long_absence_does_not_become_a_burst() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let mut session = door.welcome(welcome(0)).await;
    let boot = session.hello.boot_id;
    session.events().await;
    for _ in 0..2_500 {
        record(&agent, EventKind::WorkContinued).await;
    }
    drop(session);
    let mut session = door.welcome(welcome(1)).await;
    let (mut heard, mut batches) = (1, 0);
    while heard < 1 + 4 * 256 {
        let events = session.events().await;
        assert!(events.len() <= 256);
        assert_eq!(events[0].seq, heard + 1);
        (heard, batches) = (heard + events.len() as u64, batches + 1);
    }
    assert!(batches >= 4);
    // Four batches without an answer: the fifth waits for one.
    for _ in 0..8 {
        assert!(matches!(session.hear().await, Heard::Said(AgentUp::Beat(_))));
    }
    while heard < 2_501 {
        session.acknowledge(boot, heard).await;
        heard += session.events().await.len() as u64;
    }
}

#[tokio::test]
async fn refused_events_are_set_aside() {
    let door = FakeDoor::open().await;
    let mut agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let mut session = door.welcome(welcome(0)).await;
    let boot_id = session.hello.boot_id;
    session.events().await;
    let items = vec![RefusedEvent { seq: 1, reason: "in the future".to_owned() }];
    session.say(AgentDown::Refused { boot_id, items }).await;
    assert!(agent.observed("EventRefused").await.contains("in the future"));
    drop(session);
    let mut session = door.welcome(welcome(0)).await;
    record(&agent, EventKind::WorkContinued).await;
    assert_eq!(seqs(&session.events().await), [2]);
}

#[tokio::test]
async fn batches_can_be_doubled_on_purpose() {
    let door = FakeDoor::open().await;
    let faults = Faults { doubled_percent: 100, shuffled: true };
    let _agent = TestAgent::start(&door, NO_REST, Habits { faults, ..NO_PICTURES });
    let mut session = door.welcome(welcome(0)).await;
    assert_eq!(seqs(&session.events().await), [1]);
    assert_eq!(seqs(&session.events().await), [1]);
}

#[tokio::test]
async fn told_to_stop_it_stops() {
    for by_message in [true, false] {
        let door = FakeDoor::open().await;
        let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
        let session = door.welcome(welcome(0)).await;
        match by_message {
            true => session.close(CloseCode::Replaced, None).await,
            false => session.close_frame(CloseCode::Replaced.number()).await,
        }
        assert!(matches!(agent.end().await, AgentEnd::ToldToStop { code: 4506, .. }), "by message: {by_message}");
    }
}

#[tokio::test]
async fn told_to_come_back_it_comes_back() {
    let door = FakeDoor::open().await;
    let mut agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    door.welcome(welcome(0)).await.close(CloseCode::Shutdown, Some(1)).await;
    assert!(agent.observed("Ended").await.contains("4000"));
    // Also without a word, and when the door does not even answer the handshake.
    door.welcome(welcome(0)).await.close_frame(CloseCode::Overloaded.number()).await;
    drop(door.knock().await);
    agent.observed("NotConnected").await;
    door.welcome(welcome(0)).await.beat().await;
}

#[tokio::test]
async fn a_door_that_refuses_the_token_is_not_asked_again() {
    use tokio::io::AsyncWriteExt;
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let mut stream = door.knock().await;
    stream.write_all(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    assert!(matches!(agent.end().await, AgentEnd::ToldToStop { code: 4500, .. }));
}

#[tokio::test]
async fn a_clean_end_waits_for_the_acknowledgement_and_says_bye() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let mut session = door.welcome(welcome(0)).await;
    let boot = session.hello.boot_id;
    session.events().await;
    session.acknowledge(boot, 1).await;
    agent.stop.send(true).unwrap();
    assert_eq!(kinds(&session.events().await), [EventKind::WorkStopped]);
    for _ in 0..3 {
        session.beat().await;
    }
    session.acknowledge(boot, 2).await;
    assert_eq!(session.ending().await.as_deref(), Some("leaving"));
    assert_eq!(agent.end().await, AgentEnd::Stopped { unacknowledged: 0 });
}

#[tokio::test]
async fn an_unplugged_agent_says_nothing_and_goes_on_where_it_was() {
    let door = FakeDoor::open().await;
    let agent = TestAgent::start(&door, NO_REST, NO_PICTURES);
    let mut session = door.welcome(welcome(0)).await;
    session.events().await;
    person(&agent, Command::Pause(Pause::Unplugged)).await;
    assert_eq!(session.ending().await, None);
    person(&agent, Command::Resume).await;
    let mut session = door.welcome(welcome(1)).await;
    person(&agent, Command::StopWork).await;
    assert_eq!(kinds(&session.events().await), [EventKind::WorkStopped]);
}

#[tokio::test]
async fn a_screenshot_is_uploaded_again_under_its_id_until_it_is_stored() {
    let (door, rest) = (FakeDoor::open().await, FakeRest::open().await);
    let habits = Habits { screenshots: Screenshots::Every(50), ..Habits::OFFICE };
    let mut agent = TestAgent::start(&door, &rest.url(), habits);
    let _session = door.welcome(welcome(0)).await;

    let request = rest.request().await;
    assert_eq!(request.line, "POST /api/uploads/screenshot");
    assert_eq!(request.header("authorization"), Some("Bearer device-token"));
    let id = request.field("id").unwrap();
    assert!(request.field("ts").unwrap().parse::<i64>().unwrap() > 1_700_000_000_000);
    assert!(request.body.windows(3).any(|three| three == [0xFF, 0xD8, 0xFF]), "there is no JPEG in it");
    request.answer(503, "retry-after: 0\r\n", &json!({})).await;

    loop {
        let request = rest.request().await;
        let again = request.field("id").unwrap();
        request.answer(201, "", &json!({ "id": again })).await;
        if again == id {
            break;
        }
    }
    while !agent.observed("ScreenshotStored").await.contains(&id) {}
}

#[tokio::test]
async fn nothing_is_captured_before_the_notice_is_acknowledged() {
    let (door, rest) = (FakeDoor::open().await, FakeRest::open().await);
    let habits = Habits { screenshots: Screenshots::Every(30), ..Habits::OFFICE };
    let mut agent = TestAgent::start(&door, &rest.url(), habits);
    let notice = Notice { version: 3, text: "You are recorded.".to_owned(), published_at: UtcMillis(0) };
    let mut session = door.welcome(muster_protocol::agent::Welcome { notice: Some(notice), ..welcome(0) }).await;
    let boot = session.hello.boot_id;
    let events = session.events().await;
    assert_eq!(kinds(&events), [EventKind::NoticeAcknowledged { version: 3 }, EventKind::WorkStarted]);
    session.say(AgentDown::Watch(Watch { track: 0, fps: 30.0, width: 160, quality: 50 })).await;
    let mut request = std::pin::pin!(rest.request());
    for _ in 0..8 {
        tokio::select! {
            heard = session.hear() => assert!(matches!(heard, Heard::Said(_)), "a frame before the notice"),
            request = &mut request => panic!("{} before the notice", request.line),
        }
    }
    session.acknowledge(boot, 2).await;
    agent.observed("EventAcknowledged").await;
    request.await.answer(201, "", &json!({ "id": uuid::Uuid::nil() })).await;
    session.frame().await;
}

#[tokio::test]
async fn a_policy_without_screenshots_is_obeyed() {
    let (door, rest) = (FakeDoor::open().await, FakeRest::open().await);
    let habits = Habits { screenshots: Screenshots::Every(30), ..Habits::OFFICE };
    let _agent = TestAgent::start(&door, &rest.url(), habits);
    let mut session = door.welcome(welcome(0)).await;
    session.say(AgentDown::Policy(Policy { version: 2, screenshots: false, ..POLICY })).await;
    // Whatever was begun before the policy came is answered; after that there is silence.
    let mut quiet_beats = 0;
    while quiet_beats < 12 {
        tokio::select! {
            _ = session.beat() => quiet_beats += 1,
            request = rest.request() => {
                quiet_beats = 0;
                let id = request.field("id").unwrap();
                request.answer(201, "", &json!({ "id": id })).await;
            }
        }
    }
}

#[tokio::test]
async fn an_assigned_interval_starts_the_work() {
    let door = FakeDoor::open().await;
    let _agent = TestAgent::start(&door, NO_REST, Habits { starts_work: false, ..NO_PICTURES });
    let mut session = door.welcome(welcome(0)).await;
    for _ in 0..3 {
        assert!(matches!(session.hear().await, Heard::Said(AgentUp::Beat(_))), "work before it was started");
    }
    session.say(AgentDown::StartWork).await;
    assert_eq!(kinds(&session.events().await), [EventKind::WorkStarted]);
}

#[tokio::test]
async fn ten_thousand_agents_fit_into_a_process() {
    let door = FakeDoor::open().await;
    let (agent, stop) = support::agent(&door, NO_REST, NO_PICTURES);
    let bytes = size_of_val(&agent.run(stop.subscribe()));
    // Another 3 KiB are boxed while it is connected: the session and its small read buffer.
    assert!(bytes <= 2_560, "the future of one agent takes {bytes} bytes");
}
