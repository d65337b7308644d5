//! The mouse pointer, which is in no picture that an X server gives.

use muster_media::encode::Pixels;
use x11rb::protocol::xfixes::{ConnectionExt as _, CursorNotifyMask, GetCursorImageReply};
use x11rb::protocol::xproto::{ConnectionExt as _, Rectangle};

use super::connection::{Link, X11Error};
use super::displays::{Monitor, common};

/// Asks for an event whenever the pointer looks otherwise.
pub(super) fn select_shapes(link: &Link) -> Result<(), X11Error> {
    Ok(link.wire.xfixes_select_cursor_input(link.root(), CursorNotifyMask::DISPLAY_CURSOR)?.check()?)
}

/// Where the pointer is on the root window.
pub(super) fn position(link: &Link) -> Result<(i16, i16), X11Error> {
    let pointer = link.wire.query_pointer(link.root())?.reply()?;
    Ok((pointer.root_x, pointer.root_y))
}

/// Draws the pointer into a picture of `monitor`. Returns where it stands and whether any of it is in there.
pub(super) fn draw(link: &Link, monitor: &Monitor, pixels: &mut Pixels) -> Result<((i16, i16), bool), X11Error> {
    let cursor = link.wire.xfixes_get_cursor_image()?.reply()?;
    Ok(((cursor.x, cursor.y), blend(&cursor, monitor, pixels)))
}

/// Lays `cursor` over the picture. Its colours are multiplied by its opacity already.
fn blend(cursor: &GetCursorImageReply, monitor: &Monitor, pixels: &mut Pixels) -> bool {
    let place = |at: i16, hot: u16| (i32::from(at) - i32::from(hot)).clamp(-32_768, 32_767) as i16;
    let (x, y) = (place(cursor.x, cursor.xhot), place(cursor.y, cursor.yhot));
    let shape = Rectangle { x, y, width: cursor.width, height: cursor.height };
    let area = Rectangle { x: monitor.x, y: monitor.y, width: pixels.width, height: pixels.height };
    let Some(seen) = common(shape, area) else { return false };
    let offset = |from: i16, to: i16| usize::try_from(i32::from(to) - i32::from(from)).unwrap_or(0);
    let (from_x, from_y) = (offset(x, seen.x), offset(y, seen.y));
    let (into_x, into_y) = (offset(monitor.x, seen.x), offset(monitor.y, seen.y));
    let row_bytes = pixels.row_bytes();
    let sources = cursor.cursor_image.chunks(usize::from(cursor.width.max(1))).skip(from_y);
    let targets = pixels.bgrx.chunks_mut(row_bytes).skip(into_y);
    for (source, target) in sources.zip(targets).take(usize::from(seen.height)) {
        let source = source.iter().skip(from_x).take(usize::from(seen.width));
        for (argb, pixel) in source.zip(target[into_x * 4..].chunks_exact_mut(4)) {
            let [blue, green, red, opacity] = argb.to_le_bytes();
            for (channel, over) in pixel.iter_mut().zip([blue, green, red]) {
                let under = u16::from(*channel) * u16::from(255 - opacity) / 255;
                *channel = over.saturating_add(u8::try_from(under).unwrap_or(u8::MAX));
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use muster_protocol::agent::Display;

    use super::*;

    fn monitor(x: i16) -> Monitor {
        Monitor { display: Display { track: 0, name: String::new(), width: 4, height: 3, primary: true }, x, y: 0 }
    }

    fn grey() -> Pixels {
        Pixels { width: 4, height: 3, bgrx: vec![100; 48] }
    }

    /// Two by two: white, clear, half red, black.
    fn cursor(x: i16, y: i16) -> GetCursorImageReply {
        let cursor_image = vec![0xffff_ffff, 0, 0x8080_0000, 0xff00_0000];
        GetCursorImageReply { x, y, width: 2, height: 2, xhot: 1, yhot: 1, cursor_image, ..Default::default() }
    }

    fn colours(pixels: &Pixels) -> Vec<[u8; 3]> {
        pixels.bgrx.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    }

    #[test]
    fn the_pointer_lies_over_the_picture_with_its_tip_where_it_points() {
        let mut pixels = grey();
        assert!(blend(&cursor(2, 1), &monitor(0), &mut pixels));
        let mut expected = vec![[100; 3]; 12];
        (expected[1], expected[5], expected[6]) = ([255; 3], [49, 49, 177], [0; 3]);
        assert_eq!(colours(&pixels), expected);
    }

    #[test]
    fn what_hangs_over_the_edge_is_cut_off() {
        let mut pixels = grey();
        assert!(blend(&cursor(10, 0), &monitor(10), &mut pixels), "the second display begins at 10");
        assert_eq!(colours(&pixels)[0], [0; 3]);
        assert_eq!(colours(&pixels)[1..], [[100; 3]; 11]);
        let mut pixels = grey();
        assert!(blend(&cursor(4, 3), &monitor(0), &mut pixels));
        assert_eq!(colours(&pixels)[11], [255; 3]);
    }

    #[test]
    fn a_pointer_on_another_display_is_not_drawn() {
        let mut pixels = grey();
        assert!(!blend(&cursor(20, 1), &monitor(0), &mut pixels));
        assert_eq!(pixels, grey());
    }
}
