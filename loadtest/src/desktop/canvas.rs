//! A framebuffer that is drawn in the coordinates of the screen and filled at the scale of the picture.

use super::Screen;
use super::digits::{self, Digits};
use super::font::{FontSize, Glyph, Glyphs};

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// From `0xRRGGBB`.
    pub(super) const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// `part` of 255 of the way to `other`.
    pub(super) const fn toward(self, other: Self, part: u8) -> Self {
        Self(mix(self.0, other.0, part), mix(self.1, other.1, part), mix(self.2, other.2, part))
    }
}

const fn mix(from: u8, to: u8, part: u8) -> u8 {
    let part = part as u32;
    ((from as u32 * (255 - part) + to as u32 * part + 127) / 255) as u8
}

/// A rectangle in screen coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Rect {
    pub(super) const fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self { x, y, width, height }
    }

    pub(super) const fn right(self) -> i32 {
        self.x + self.width
    }

    pub(super) const fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Smaller by `by` on each side.
    pub(super) const fn inset(self, by: i32) -> Self {
        Self::new(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)
    }
}

/// A finished picture: three bytes a pixel, row after row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: u16,
    pub height: u16,
    pub rgb: Vec<u8>,
}

/// Where everything is drawn. `clip` bounds every call, in pixels of the picture.
pub(super) struct Canvas {
    screen: Screen,
    width: i32,
    height: i32,
    rgb: Vec<u8>,
    clip: Pixels,
    glyphs: Glyphs,
}

/// A span in pixels of the picture, ends excluded.
#[derive(Clone, Copy)]
struct Pixels {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Pixels {
    fn within(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }
}

impl Canvas {
    /// A canvas for `screen`, `width` pixels wide; `rgb` is taken over as its memory.
    pub(super) fn new(screen: Screen, width: u16, mut rgb: Vec<u8>) -> Self {
        let height = screen.height_at(width);
        rgb.resize(usize::from(width) * usize::from(height) * 3, 0);
        let (width, height) = (i32::from(width), i32::from(height));
        let clip = Pixels { left: 0, top: 0, right: width, bottom: height };
        Self { screen, width, height, rgb, clip, glyphs: Glyphs::at_scale(width, i32::from(screen.width)) }
    }

    pub(super) fn finish(self) -> Picture {
        Picture { width: self.width as u16, height: self.height as u16, rgb: self.rgb }
    }

    /// The screen, as a rectangle.
    pub(super) fn screen(&self) -> Rect {
        Rect::new(0, 0, i32::from(self.screen.width), i32::from(self.screen.height))
    }

    /// The screen's size.
    pub(super) fn screen_size(&self) -> Screen {
        self.screen
    }

    /// How many pixels of the picture there are, (width, height).
    pub(super) fn size_px(&self) -> (i32, i32) {
        (self.width, self.height)
    }

    /// Draws only inside `rect` until [`Self::unclip`].
    pub(super) fn clip(&mut self, rect: Rect) {
        self.unclip();
        self.clip = self.pixels(rect).within(self.clip);
    }

    pub(super) fn unclip(&mut self) {
        self.clip = Pixels { left: 0, top: 0, right: self.width, bottom: self.height };
    }

    /// Fills `rect`. What is thinner than a pixel of the picture is blended, as a camera would see it.
    pub(super) fn fill(&mut self, rect: Rect, color: Color) {
        if rect.width <= 0 || rect.height <= 0 {
            return;
        }
        let mut pixels = self.pixels(rect);
        let mut part = 255;
        if pixels.left == pixels.right {
            pixels.right += 1;
            part = part * (rect.width * self.width).min(self.screen_width()) / self.screen_width();
        }
        if pixels.top == pixels.bottom {
            pixels.bottom += 1;
            part = part * (rect.height * self.width).min(self.screen_width()) / self.screen_width();
        }
        let pixels = pixels.within(self.clip);
        if part >= 255 { self.fill_pixels(pixels, color) } else { self.blend_pixels(pixels, color, part as u8) }
    }

    /// Lays `color` over `rect`, `part` of 255 opaque.
    pub(super) fn blend(&mut self, rect: Rect, color: Color, part: u8) {
        let pixels = self.pixels(rect).within(self.clip);
        self.blend_pixels(pixels, color, part);
    }

    /// The outline of `rect`, `thickness` thick, inside it.
    pub(super) fn frame(&mut self, rect: Rect, thickness: i32, color: Color) {
        self.fill(Rect { height: thickness, ..rect }, color);
        self.fill(Rect { y: rect.bottom() - thickness, height: thickness, ..rect }, color);
        self.fill(Rect { width: thickness, ..rect }, color);
        self.fill(Rect { x: rect.right() - thickness, width: thickness, ..rect }, color);
    }

    /// A filled rectangle with corners of `radius`.
    pub(super) fn round(&mut self, rect: Rect, radius: i32, color: Color) {
        let radius = radius.min(rect.width / 2).min(rect.height / 2).max(0);
        self.fill(Rect::new(rect.x, rect.y + radius, rect.width, rect.height - 2 * radius), color);
        for row in 0..radius {
            let up = f64::from(radius - row) - 0.5;
            let inset = radius - (f64::from(radius * radius) - up * up).max(0.0).sqrt().round() as i32;
            let span = Rect::new(rect.x + inset, rect.y + row, rect.width - 2 * inset, 1);
            self.fill(span, color);
            self.fill(Rect { y: rect.bottom() - 1 - row, ..span }, color);
        }
    }

    /// A filled circle.
    pub(super) fn disc(&mut self, x: i32, y: i32, radius: i32, color: Color) {
        self.round(Rect::new(x - radius, y - radius, 2 * radius, 2 * radius), radius, color);
    }

    /// One line of text with its upper left corner at (x, y). Returns where it ends.
    pub(super) fn text(&mut self, x: i32, y: i32, size: FontSize, color: Color, text: &str) -> i32 {
        let advance = size.advance();
        let (screen, width) = (self.screen_width(), self.width);
        let top = scaled(y, width, screen);
        let glyphs = self.glyphs.clone();
        let mut at = x;
        for character in text.chars() {
            if character != ' ' {
                let left = scaled(at, width, screen);
                self.stamp(left, top, color, glyphs.glyph(size, character));
            }
            at += advance;
        }
        at
    }

    /// The time in digits `height` high, with their upper left corner at (x, y).
    pub(super) fn clock(&mut self, x: i32, y: i32, height: i32, color: Color, text: &str) {
        let (screen, width) = (self.screen_width(), self.width);
        let height_px = self.clock_height_px(height);
        let digits = Digits::of_height(height_px);
        let (left, top) = (scaled(x, width, screen), scaled(y, width, screen));
        let mut at = 0.0;
        for character in text.chars() {
            self.stamp(left + f64::round(at) as i32, top, color, digits.glyph(character));
            at += digits::advance(character, height_px);
        }
    }

    /// How wide [`Self::clock`] draws `text`, in screen coordinates.
    pub(super) fn clock_width(&self, height: i32, text: &str) -> i32 {
        digits::width(text, self.clock_height_px(height)) * self.screen_width() / self.width
    }

    fn clock_height_px(&self, height: i32) -> i32 {
        scaled(height, self.width, self.screen_width()).max(1)
    }

    /// One row of the picture's memory, for backgrounds.
    pub(super) fn row_mut(&mut self, y: i32) -> &mut [u8] {
        let row_bytes = self.width as usize * 3;
        let from = y as usize * row_bytes;
        &mut self.rgb[from..from + row_bytes]
    }

    fn screen_width(&self) -> i32 {
        i32::from(self.screen.width)
    }

    fn pixels(&self, rect: Rect) -> Pixels {
        let (to, from) = (self.width, self.screen_width());
        Pixels {
            left: scaled(rect.x, to, from),
            top: scaled(rect.y, to, from),
            right: scaled(rect.right(), to, from),
            bottom: scaled(rect.bottom(), to, from),
        }
    }

    /// Fills the first row pixel by pixel and copies it down: copies are fast even in a debug build.
    fn fill_pixels(&mut self, pixels: Pixels, color: Color) {
        if pixels.is_empty() {
            return;
        }
        let row_bytes = self.width as usize * 3;
        let from = pixels.top as usize * row_bytes + pixels.left as usize * 3;
        let length = (pixels.right - pixels.left) as usize * 3;
        self.rgb[from..from + 3].copy_from_slice(&[color.0, color.1, color.2]);
        let mut done = 3;
        while done < length {
            let step = done.min(length - done);
            self.rgb.copy_within(from..from + step, from + done);
            done += step;
        }
        for row in 1..(pixels.bottom - pixels.top) as usize {
            self.rgb.copy_within(from..from + length, from + row * row_bytes);
        }
    }

    fn blend_pixels(&mut self, pixels: Pixels, color: Color, part: u8) {
        if pixels.is_empty() {
            return;
        }
        for y in pixels.top..pixels.bottom {
            let row = &mut self.row_mut(y)[pixels.left as usize * 3..pixels.right as usize * 3];
            for pixel in row.chunks_exact_mut(3) {
                blend_pixel(pixel, color, part);
            }
        }
    }

    /// Lays a glyph over the picture with its upper left corner at pixel (left, top).
    fn stamp(&mut self, left: i32, top: i32, color: Color, glyph: &Glyph) {
        let wanted = Pixels { left, top, right: left + glyph.width, bottom: top + glyph.height };
        let shown = wanted.within(self.clip);
        if shown.is_empty() {
            return;
        }
        let row_bytes = self.width as usize * 3;
        for y in shown.top..shown.bottom {
            let from = ((y - top) * glyph.width + shown.left - left) as usize;
            let coverage = &glyph.coverage[from..from + (shown.right - shown.left) as usize];
            let start = y as usize * row_bytes + shown.left as usize * 3;
            for (pixel, part) in self.rgb[start..].chunks_exact_mut(3).zip(coverage) {
                match part {
                    0 => {}
                    255 => pixel.copy_from_slice(&[color.0, color.1, color.2]),
                    part => blend_pixel(pixel, color, *part),
                }
            }
        }
    }
}

/// A screen coordinate as a pixel of the picture.
fn scaled(at: i32, to: i32, from: i32) -> i32 {
    if to == from { at } else { (at * to + from / 2).div_euclid(from) }
}

fn blend_pixel(pixel: &mut [u8], color: Color, part: u8) {
    pixel[0] = mix(pixel[0], color.0, part);
    pixel[1] = mix(pixel[1], color.1, part);
    pixel[2] = mix(pixel[2], color.2, part);
}
