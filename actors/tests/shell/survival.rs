//! What happens when an actor dies, and that none stays behind.

use actix::Addr;
use muster_actors::employee::{EmployeeActor, Logout, Request};
use muster_actors::roster::View;
use muster_domain::presence::Activity;
use muster_protocol::DeviceId;
use muster_protocol::presence::Status;

use crate::universe::{self, Line, Screen, id, pass};

#[test]
fn an_actor_that_panics_is_rebuilt_and_nobody_else_notices() {
    universe::run(async || {
        let hub = universe::hub(2).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        let other = Line::open(&hub, &id(1), DeviceId::generate());
        pass(1).await;
        let before: Addr<EmployeeActor> = hub.running(&id(0)).unwrap();
        before.try_send(muster_actors::employee::Panic).unwrap();
        pass(1).await;
        let after = hub.running(&id(0)).expect("it was rebuilt");
        assert!(after != before && !before.connected());

        let mut screen = Screen::watch(&hub, View::All).await;
        let again = Line { hub: hub.clone(), employee: id(0), link: line.link, outbox: line.outbox.clone() };
        again.touch(Activity::Input);
        other.beat_for(90).await;
        assert!(screen.changes().is_empty(), "neither of them changed");
        pass(60).await;
        assert!(screen.changes().iter().any(|entry| entry.employee == id(0) && entry.status == Status::Offline));
    });
}

#[test]
fn an_actor_stops_when_its_person_has_been_offline() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        hub.tell(&id(0), Request { device: None, activity: None });
        pass(1).await;
        assert!(hub.running(&id(0)).is_some());
        hub.tell(&id(0), Logout);
        pass(200).await;
        assert!(hub.running(&id(0)).is_none(), "nothing is left to wait for");
        hub.tell(&id(0), Request { device: None, activity: None });
        assert!(hub.running(&id(0)).is_some(), "and it comes back when somebody asks");
    });
}
