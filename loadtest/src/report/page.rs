//! A report as a page of HTML that needs nothing but itself.

use std::fmt::Write;

use super::{Conditions, Plot, Table};

/// What a page shows, from top to bottom.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub title: String,
    /// One sentence: what was done.
    pub lead: String,
    /// What differs from run to run: name and value.
    pub setting: Vec<(&'static str, String)>,
    pub figures: Vec<Figure>,
    pub sections: Vec<Section>,
}

/// A number that a reader looks for first.
#[derive(Clone, Debug)]
pub struct Figure {
    pub name: String,
    pub value: String,
    pub detail: String,
    pub verdict: Verdict,
}

/// Whether a figure says that something is wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    #[default]
    Plain,
    Good,
    Bad,
}

/// Plots and a table under one head.
#[derive(Clone, Debug, Default)]
pub struct Section {
    pub title: &'static str,
    pub text: String,
    pub plots: Vec<Plot>,
    pub tables: Vec<Table>,
}

/// What can be shown as a page.
pub trait Presented {
    fn page(&self) -> Page;
}

const STYLE: &str = include_str!("page.css");

impl Verdict {
    /// Nothing of `wrong` may be there.
    #[must_use]
    pub fn none_of(wrong: u64) -> Self {
        if wrong == 0 { Self::Good } else { Self::Bad }
    }
}

impl Figure {
    /// A figure that is neither good nor bad.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), detail: detail.into(), verdict: Verdict::Plain }
    }

    /// The same with a verdict.
    #[must_use]
    pub fn judged(self, verdict: Verdict) -> Self {
        Self { verdict, ..self }
    }
}

impl Page {
    /// The whole document.
    #[must_use]
    pub fn html(&self, conditions: &Conditions) -> String {
        let title = escape(&self.title);
        let mut html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{title}</h1>\n<p>{}</p>\n</header>\n",
            escape(&self.lead)
        );
        self.write_figures(&mut html);
        for section in &self.sections {
            section.write(&mut html);
        }
        let setting = self.setting.iter().map(|(name, value)| (*name, value.clone()));
        html += "<section>\n<h2>Conditions</h2>\n<dl>\n";
        for (name, value) in setting.chain(conditions.rows()) {
            let _ = writeln!(html, "<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(&value));
        }
        html + "</dl>\n</section>\n</main>\n</body>\n</html>\n"
    }

    fn write_figures(&self, html: &mut String) {
        if self.figures.is_empty() {
            return;
        }
        *html += "<ul class=\"figures\">\n";
        for figure in &self.figures {
            let class = match figure.verdict {
                Verdict::Plain => "",
                Verdict::Good => " class=\"good\"",
                Verdict::Bad => " class=\"bad\"",
            };
            let _ = writeln!(
                html,
                "<li{class}><span>{}</span><strong>{}</strong><small>{}</small></li>",
                escape(&figure.name),
                escape(&figure.value),
                escape(&figure.detail)
            );
        }
        *html += "</ul>\n";
    }
}

impl Section {
    fn write(&self, html: &mut String) {
        let _ = writeln!(html, "<section>\n<h2>{}</h2>", escape(self.title));
        if !self.text.is_empty() {
            let _ = writeln!(html, "<p>{}</p>", escape(&self.text));
        }
        if !self.plots.is_empty() {
            *html += "<div class=\"plots\">\n";
            for plot in &self.plots {
                let _ = write!(html, "<figure>\n<figcaption>{}", escape(&plot.title));
                for (index, line) in plot.lines.iter().enumerate().filter(|_| plot.lines.len() > 1) {
                    let _ = write!(html, "<span class=\"key s{}\">{}</span>", index % 6, escape(&line.name));
                }
                let _ = write!(html, "</figcaption>\n{}</figure>\n", plot.svg(escape));
            }
            *html += "</div>\n";
        }
        // A name and a value are hard to read together across a whole page: those tables stand side by side.
        let is_narrow = |table: &&Table| table.rows().first().is_some_and(|head| head.len() <= 2);
        for table in self.tables.iter().filter(|table| !is_narrow(table)) {
            write_table(table, html);
        }
        *html += "<div class=\"facts\">\n";
        for table in self.tables.iter().filter(is_narrow) {
            write_table(table, html);
        }
        *html += "</div>\n";
        *html += "</section>\n";
    }
}

fn write_table(table: &Table, html: &mut String) {
    let Some((head, rows)) = table.rows().split_first() else { return };
    *html += "<div class=\"table\"><table>\n<thead><tr>";
    for cell in head {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escape(cell));
    }
    *html += "</tr></thead>\n<tbody>\n";
    for row in rows {
        *html += "<tr>";
        for (column, cell) in row.iter().enumerate() {
            let cell = escape(cell);
            let _ = match column {
                0 => write!(html, "<th scope=\"row\">{cell}</th>"),
                _ => write!(html, "<td>{cell}</td>"),
            };
        }
        *html += "</tr>\n";
    }
    *html += "</tbody>\n</table></div>\n";
}

/// Text that is safe between tags and inside quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
