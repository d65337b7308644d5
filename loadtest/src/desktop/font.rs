//! Glyphs of the monospaced fonts, rasterized once per scale. Small scales are averaged, so text looks photographed.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use embedded_graphics::Drawable;
use embedded_graphics::draw_target::DrawTarget;
use embedded_graphics::geometry::{OriginDimensions, Point, Size};
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle, iso_8859_1};
use embedded_graphics::pixelcolor::BinaryColor;
use embedded_graphics::text::{Baseline, Text};

/// Latin-1 from the space on.
const FIRST: u32 = 0x20;
const LAST: u32 = 0xFF;
/// Scales kept: a fleet asks for screenshots, the wall's and the focus's width of a few screens.
const SCALES_KEPT: usize = 16;

/// A font of the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FontSize {
    Small,
    Normal,
    Bold,
    Large,
}

const SIZES: [FontSize; 4] = [FontSize::Small, FontSize::Normal, FontSize::Bold, FontSize::Large];

impl FontSize {
    /// From one character to the next, in screen coordinates.
    pub(super) const fn advance(self) -> i32 {
        self.font().character_size.width as i32
    }

    /// From one line to the next.
    pub(super) const fn line(self) -> i32 {
        self.font().character_size.height as i32 + 4
    }

    const fn font(self) -> &'static MonoFont<'static> {
        match self {
            Self::Small => &iso_8859_1::FONT_7X13,
            Self::Normal => &iso_8859_1::FONT_8X13,
            Self::Bold => &iso_8859_1::FONT_8X13_BOLD,
            Self::Large => &iso_8859_1::FONT_10X20,
        }
    }
}

/// How much of each pixel a character covers, 0 to 255.
pub(super) struct Glyph {
    pub width: i32,
    pub height: i32,
    pub coverage: Box<[u8]>,
}

/// Every glyph of every font at one scale.
#[derive(Clone)]
pub(super) struct Glyphs {
    fonts: Arc<[Vec<Glyph>; SIZES.len()]>,
}

type Scale = (i32, i32);

/// The scales used last, newest at the end.
static CACHE: LazyLock<Mutex<Vec<(Scale, Glyphs)>>> = LazyLock::new(Mutex::default);

impl Glyphs {
    /// The glyphs for a picture `to` pixels wide of a screen `from` pixels wide.
    pub(super) fn at_scale(to: i32, from: i32) -> Self {
        let divisor = greatest_common_divisor(to, from);
        let scale = (to / divisor, from / divisor);
        let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = cache.iter().position(|(known, _)| *known == scale) {
            let entry = cache.remove(at);
            let glyphs = entry.1.clone();
            cache.push(entry);
            return glyphs;
        }
        let glyphs = Self { fonts: Arc::new(SIZES.map(|size| rasterize(size.font(), scale))) };
        if cache.len() == SCALES_KEPT {
            cache.remove(0);
        }
        cache.push((scale, glyphs.clone()));
        glyphs
    }

    /// The glyph of `character`; a question mark for one that the fonts lack.
    pub(super) fn glyph(&self, size: FontSize, character: char) -> &Glyph {
        let code = u32::from(character);
        let code = if (FIRST..=LAST).contains(&code) { code } else { u32::from('?') };
        &self.fonts[size as usize][(code - FIRST) as usize]
    }
}

fn greatest_common_divisor(a: i32, b: i32) -> i32 {
    if b == 0 { a.max(1) } else { greatest_common_divisor(b, a % b) }
}

fn rasterize(font: &'static MonoFont<'static>, scale: Scale) -> Vec<Glyph> {
    let style = MonoTextStyle::new(font, BinaryColor::On);
    let mut cell = Cell::of(font);
    let mut buffer = [0; 4];
    (FIRST..=LAST)
        .map(|code| {
            cell.dots.fill(false);
            let character = char::from_u32(code).unwrap_or('?').encode_utf8(&mut buffer);
            match Text::with_baseline(character, Point::zero(), style, Baseline::Top).draw(&mut cell) {
                Ok(_) => cell.averaged(scale),
                Err(never) => match never {},
            }
        })
        .collect()
}

/// One character's dots at full size, as embedded-graphics draws them.
struct Cell {
    width: i32,
    height: i32,
    dots: Vec<bool>,
}

impl Cell {
    fn of(font: &MonoFont<'_>) -> Self {
        let Size { width, height } = font.character_size;
        Self { width: width as i32, height: height as i32, dots: vec![false; (width * height) as usize] }
    }

    /// The share of dots under each pixel of the scaled cell.
    fn averaged(&self, (to, from): Scale) -> Glyph {
        let length = |dots: i32| (dots * to + from - 1) / from;
        let (width, height) = (length(self.width), length(self.height));
        let mut coverage = Vec::with_capacity((width * height) as usize);
        for y in 0..height {
            for x in 0..width {
                coverage.push(self.covered((x, y), (to, from)));
            }
        }
        Glyph { width, height, coverage: coverage.into() }
    }

    fn covered(&self, (x, y): (i32, i32), (to, from): Scale) -> u8 {
        let scale = f64::from(from) / f64::from(to);
        let area: f64 = overlaps(y, scale, self.height)
            .flat_map(|(row, tall)| {
                overlaps(x, scale, self.width).map(move |(column, wide)| (row * self.width + column, tall * wide))
            })
            .filter(|(dot, _)| self.dots[*dot as usize])
            .map(|(_, area)| area)
            .sum();
        (area / (scale * scale) * 255.0).round().min(255.0) as u8
    }
}

/// The dots that pixel `at` overlaps, and by how much, when a pixel is `scale` dots long.
fn overlaps(at: i32, scale: f64, dots: i32) -> impl Iterator<Item = (i32, f64)> + Clone {
    let (from, to) = (f64::from(at) * scale, f64::from(at + 1) * scale);
    (from as i32..(to.ceil() as i32).min(dots))
        .map(move |dot| (dot, to.min(f64::from(dot + 1)) - from.max(f64::from(dot))))
}

impl OriginDimensions for Cell {
    fn size(&self) -> Size {
        Size::new(self.width as u32, self.height as u32)
    }
}

impl DrawTarget for Cell {
    type Color = BinaryColor;
    type Error = std::convert::Infallible;

    fn draw_iter<I>(&mut self, pixels: I) -> Result<(), Self::Error>
    where
        I: IntoIterator<Item = embedded_graphics::Pixel<Self::Color>>,
    {
        for embedded_graphics::Pixel(Point { x, y }, color) in pixels {
            if (0..self.width).contains(&x) && (0..self.height).contains(&y) {
                self.dots[(y * self.width + x) as usize] = color.is_on();
            }
        }
        Ok(())
    }
}
