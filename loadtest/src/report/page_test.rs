//! A page is whole: everything on it, nothing from elsewhere, nothing that breaks out of its tag.

use muster_protocol::UtcMillis;

use super::{Axis, Conditions, Figure, Line, Page, Plot, Section, Table, Unit, Verdict};

fn page() -> Page {
    let mut table = Table::new(&["frame age (ms)", "p50", "p99"]);
    table.row(["fast <viewers>".to_owned(), "1.0".to_owned(), "8.0".to_owned()]);
    let plot = Plot {
        title: "Frame \"age\"".to_owned(),
        x: Axis::linear("time", Unit::Seconds),
        y: Axis::log("age", Unit::Milliseconds),
        lines: vec![
            Line::new("p50", (0..2_000).map(|second| (f64::from(second), 2.0))),
            Line::new("p99", [(0.0, 8.0), (f64::from(1_999), 800.0)]),
        ],
        marks: vec![(600.0, "a <mark>")],
    };
    Page {
        title: "A wall & more".to_owned(),
        lead: "200 agents".to_owned(),
        setting: vec![("agents", "200".to_owned())],
        figures: vec![
            Figure::new("p99", "8 ms", "of 4,000"),
            Figure::new("faults", "3", "").judged(Verdict::none_of(3)),
            Figure::new("closes", "0", "").judged(Verdict::none_of(0)),
        ],
        sections: vec![Section { title: "Age", text: String::new(), plots: vec![plot], tables: vec![table] }],
    }
}

/// Fails unless every tag that opens closes, in order.
fn assert_well_formed(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html.split_once("</style>").unwrap().1;
    open.extend(["html", "head"]);
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').expect("a tag ends");
        rest = after;
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "before {:.60}", after);
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn a_page_has_everything_and_needs_nothing_else() {
    let html = page().html(&Conditions::here(UtcMillis(0), Some("hub 1.0".to_owned())));
    assert_well_formed(&html);
    for text in [
        "A wall &amp; more",
        "200 agents",
        "fast &lt;viewers&gt;",
        "Frame &quot;age&quot;",
        "hub 1.0",
        "1970-01-01",
        "a &lt;mark&gt;",
    ] {
        assert!(html.contains(text), "{text}");
    }
    for text in ["<script", "http:", "https:", "url(", "@import", "src=", "href="] {
        assert!(!html.contains(text), "{text}: a page is alone");
    }
    assert!(html.contains("prefers-color-scheme: dark"));
    assert!(html.contains("<li class=\"bad\"><span>faults") && html.contains("<li class=\"good\"><span>closes"));
    assert!(html.len() < 100_000, "{} bytes", html.len());
}

#[test]
fn lines_lie_where_their_values_are() {
    let html = page().html(&Conditions::here(UtcMillis(0), None));
    let paths: Vec<&str> = html.match_indices("<path class=\"line").map(|(at, _)| &html[at..at + 90]).collect();
    // From the left edge of the plot to its right one; 8 ms lie a third below 800 ms on an axis from 1 ms to 1 s.
    assert!(paths[0].contains("s0") && paths[0].contains("d=\"M62.0 "), "{}", paths[0]);
    assert!(paths[1].contains("d=\"M62.0 177.0L626.0 19.6\""), "{}", paths[1]);
    assert!(html.contains("<title>0 s\np50: 2 ms\np99: 8 ms</title>"));
}

#[test]
fn a_plot_without_lines_is_still_drawn() {
    let mut page = page();
    page.sections[0].plots[0].lines = vec![Line::new("nothing", []), Line::new("once", [(5.0, 5.0)])];
    assert_well_formed(&page.html(&Conditions::here(UtcMillis(0), None)));
    page.sections[0].plots[0].lines.clear();
    assert_well_formed(&page.html(&Conditions::here(UtcMillis(0), None)));
}
