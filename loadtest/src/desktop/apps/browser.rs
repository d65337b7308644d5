//! A browser: an article that is read, scrolled, and left for the next one.

use super::Theme;
use crate::desktop::canvas::{Canvas, Color, Rect};
use crate::desktop::font::FontSize;
use crate::desktop::layout::{mix, pick};
use crate::desktop::text::{HEADLINES, PROSE};
use crate::desktop::timeline::{AppTime, Flow};

const LINE: i32 = FontSize::Normal.line() + 3;
const PAGE_LASTS_MS: u64 = 40_000;
/// The page moves in steps, as with a wheel: a few quick ones, then it is read.
const WHEEL_STEP: i32 = 60;
const WHEEL_EVERY_MS: u64 = 160;
const STEPS_AT_ONCE: u64 = 4;
const READING_MS: u64 = 5_000;
/// Somebody who looks for something turns the wheel all the time.
const STEADY_WHEEL_EVERY_MS: u64 = 400;
const BAR_HEIGHT: i32 = 44;
const IMAGE_HEIGHT: i32 = 220;
const PICTURE_EVERY_LINES: usize = 34;
/// How long the scroll bar says that a page is; none ends.
const PAGE_HEIGHT: i32 = 6_400;

/// The headline of the page that is open.
pub(super) fn headline(seed: u64, local_ms: u64) -> &'static str {
    pick(HEADLINES, seed, local_ms / PAGE_LASTS_MS)
}

/// How far the page is scrolled, in pixels.
fn scrolled(time: AppTime) -> i32 {
    let on_page_ms = time.local_ms % PAGE_LASTS_MS;
    let steps = match time.flow {
        Flow::Steady => on_page_ms / STEADY_WHEEL_EVERY_MS,
        Flow::Human => {
            let (times, within_ms) = (on_page_ms / READING_MS, on_page_ms % READING_MS);
            // It is read first, and moved at the end of each stretch.
            let moving_ms = (within_ms + WHEEL_EVERY_MS * STEPS_AT_ONCE).saturating_sub(READING_MS);
            times * STEPS_AT_ONCE + moving_ms / WHEEL_EVERY_MS
        }
    };
    steps as i32 * WHEEL_STEP
}

pub(super) fn draw(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, time: AppTime) {
    let bar = Rect { height: BAR_HEIGHT, ..area };
    let page = Rect { y: bar.bottom(), height: area.height - BAR_HEIGHT, ..area };
    let page_seed = mix(seed, time.local_ms / PAGE_LASTS_MS);
    canvas.clip(page);
    draw_page(canvas, page, theme, page_seed, headline(seed, time.local_ms), scrolled(time));
    canvas.clip(area);
    draw_address_bar(canvas, bar, theme, page_seed);
}

fn draw_address_bar(canvas: &mut Canvas, bar: Rect, theme: Theme, page_seed: u64) {
    canvas.fill(bar, theme.panel);
    canvas.fill(Rect { y: bar.bottom() - 1, height: 1, ..bar }, theme.line);
    canvas.text(bar.x + 14, bar.y + 12, FontSize::Large, theme.faint, "< >");
    let field = Rect::new(bar.x + 60, bar.y + 8, bar.width - 120, 28);
    canvas.round(field, 14, theme.paper);
    canvas.disc(field.x + 18, field.y + 14, 5, theme.accent);
    let address = format!("https://harbour-review.example/articles/{}", page_seed % 9_000 + 1_000);
    canvas.text(field.x + 32, field.y + 8, FontSize::Normal, theme.ink, &address);
}

fn draw_page(canvas: &mut Canvas, page: Rect, theme: Theme, page_seed: u64, headline: &str, scrolled: i32) {
    let column_width = (page.width - 60).min(640);
    let x = page.x + (page.width - column_width) / 2;
    let mut y = page.y + 24 - scrolled;
    canvas.text(x, y, FontSize::Large, theme.ink, headline);
    y += 30;
    let byline = format!("{} min read - {} comments", 3 + page_seed % 9, page_seed % 70);
    canvas.text(x, y, FontSize::Small, theme.faint, &byline);
    y += 28;
    draw_image(canvas, Rect::new(x, y, column_width, IMAGE_HEIGHT), page_seed);
    y += IMAGE_HEIGHT + 24;
    let letters = (column_width / FontSize::Normal.advance()).max(1) as usize;
    for (number, line) in PROSE.iter().cycle().skip((page_seed % 7) as usize).enumerate() {
        if y > page.bottom() {
            break;
        }
        // A picture between the paragraphs now and then.
        if line.is_empty() && number % PICTURE_EVERY_LINES > PICTURE_EVERY_LINES - 8 {
            let picture = Rect::new(x, y + 8, column_width, IMAGE_HEIGHT);
            if picture.bottom() > page.y {
                draw_image(canvas, picture, mix(page_seed, number as u64));
            }
            y += IMAGE_HEIGHT + 24;
        } else if y > page.y - LINE {
            canvas.text(x, y, FontSize::Normal, theme.ink, &line[..line.len().min(letters)]);
        }
        y += LINE;
    }
    let track = Rect { x: page.right() - 10, width: 10, ..page };
    canvas.fill(track, theme.panel);
    let knob_y = page.y + (scrolled * (page.height - 80) / PAGE_HEIGHT).min(page.height - 80);
    canvas.round(Rect::new(track.x + 2, knob_y, 6, 80), 3, theme.line.toward(theme.faint, 90));
}

/// An illustration: a sea, a house front and its clock.
fn draw_image(canvas: &mut Canvas, area: Rect, page_seed: u64) {
    let sky = pick(&[0x8FB8DE, 0xF2C57C, 0xB8A1D9, 0x9BD1B3], page_seed, 1);
    for band in 0..22 {
        let color = Color::hex(sky).toward(Color::hex(0xFFFFFF), (band * 7) as u8);
        canvas.fill(Rect::new(area.x, area.y + band * area.height / 22, area.width, area.height / 22 + 1), color);
    }
    canvas.fill(Rect { y: area.bottom() - 60, height: 60, ..area }, Color::hex(0x2B4C6F));
    for wave in 0..9 {
        let x = area.x + wave * area.width / 9 + (page_seed % 30) as i32;
        canvas.fill(Rect::new(x, area.bottom() - 44 + (wave % 3) * 12, 46, 3), Color::hex(0x6F93B7));
    }
    for house in 0..8 {
        let width = area.width / 11;
        let height = 60 + (mix(page_seed, house as u64) % 70) as i32;
        let x = area.x + 10 + house * (area.width - 20) / 8;
        let color = pick(&[0xB5533C, 0xD9A441, 0x5F7A61, 0x8C6A5D, 0xE3D5C1], page_seed, 9 + house as u64);
        let front = Rect::new(x, area.bottom() - 50 - height, width, height);
        canvas.fill(front, Color::hex(color));
        for window in 0..4 {
            let at = Rect::new(x + 8 + (window % 2) * width / 2, front.y + 12 + (window / 2) * 28, 12, 16);
            canvas.fill(at, Color::hex(0xFFF3C4));
        }
    }
}
