//! What strangers send: each is refused with its own reason, at a cost that does not depend on what it claims.

use crate::drawn::{desktop, jpeg, png, progressive_jpeg, webp};
use muster_media::{PictureError, PictureFormat, examine, inspect};
use muster_protocol::limits::SCREENSHOT_BYTES_MAX;

/// Overwrites the bytes from `at`, and repairs nothing.
fn patched(mut bytes: Vec<u8>, at: usize, new: &[u8]) -> Vec<u8> {
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

#[test]
fn other_kinds_of_file_are_no_pictures() {
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for bytes in [&gif[..], svg, b"", b"\xFF\xD8", b"%PDF-1.7", b"RIFF\x04\0\0\0WAVE", b"../../etc/passwd"] {
        assert_eq!(examine(bytes), Err(PictureError::UnknownFormat), "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_picture_with_the_magic_of_another_kind_does_not_decode() {
    let picture = desktop(320, 200, 1, 1);
    let disguised = patched(png(&picture), 0, b"\xFF\xD8\xFF\xE0");
    assert_eq!(PictureFormat::sniff(&disguised), Some(PictureFormat::Jpeg));
    assert!(examine(&disguised).is_err());
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    let bytes = png(&desktop(64, 64, 1, 1));
    for (side, at) in [("width", 16), ("height", 20)] {
        for claim in [0_u32, 8193, 65_535, u32::MAX] {
            let bomb = patched(bytes.clone(), at, &claim.to_be_bytes());
            assert!(matches!(inspect(&bomb), Err(PictureError::Dimensions { .. })), "{side} {claim}");
        }
    }
    let jpeg_bytes = jpeg(&desktop(64, 64, 1, 1), 80);
    let frame = jpeg_bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let bomb = patched(jpeg_bytes, frame + 5, &[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(inspect(&bomb), Err(PictureError::Dimensions { width: 65_535, height: 65_535 }));
}

#[test]
fn a_small_file_that_claims_a_large_picture_is_refused_while_it_decodes() {
    let claims = patched(png(&desktop(64, 64, 1, 1)), 16, &[0, 0, 0x20, 0, 0, 0, 0x20, 0]);
    let bomb = with_header_checksum(claims);
    assert_eq!(inspect(&bomb).map(|info| (info.width, info.height)), Ok((8192, 8192)));
    assert!(matches!(examine(&bomb), Err(PictureError::Undecodable(_) | PictureError::Truncated)));
}

#[test]
fn what_would_take_more_memory_than_it_may_is_refused_before_it_does() {
    let sixteen_bits = patched(png(&desktop(64, 64, 1, 1)), 16, &[0, 0, 0x20, 0, 0, 0, 0x20, 0, 16, 6]);
    let repaired = with_header_checksum(sixteen_bits);
    assert_eq!(examine(&repaired), Err(PictureError::TooMuchMemory));

    let progressive = progressive_jpeg(&desktop(64, 64, 1, 1));
    let frame = progressive.windows(2).position(|pair| pair == [0xFF, 0xC2]).unwrap();
    let huge = patched(progressive, frame + 5, &[0x20, 0, 0x20, 0]);
    assert_eq!(examine(&huge), Err(PictureError::TooMuchMemory));
}

#[test]
fn a_truncated_picture_is_refused_wherever_it_breaks_off() {
    let picture = desktop(480, 320, 5, 5);
    for (name, bytes) in [
        ("JPEG", jpeg(&picture, 80)),
        ("progressive JPEG", progressive_jpeg(&picture)),
        ("PNG", png(&picture)),
        ("WebP", webp(&picture)),
    ] {
        for percent in [1, 10, 35, 50, 75, 90, 99] {
            let kept = (bytes.len() * percent / 100).max(16);
            assert_eq!(examine(&bytes[..kept]), Err(PictureError::Truncated), "{name} at {percent} %");
        }
        assert_eq!(examine(&bytes[..bytes.len() - 1]), Err(PictureError::Truncated), "{name} without its last byte");
    }
}

#[test]
fn broken_pixels_of_png_and_webp_are_refused() {
    let picture = desktop(480, 320, 6, 6);
    for bytes in [png(&picture), webp(&picture)] {
        let middle = bytes.len() / 2;
        let broken = patched(bytes, middle, &[0x55; 64]);
        assert!(matches!(examine(&broken), Err(PictureError::Undecodable(_))), "{:?}", examine(&broken).err());
    }
}

#[test]
fn more_bytes_than_permitted_are_not_even_looked_at() {
    let mut bytes = jpeg(&desktop(64, 64, 1, 1), 80);
    bytes.resize(SCREENSHOT_BYTES_MAX + 1, 0);
    assert_eq!(examine(&bytes), Err(PictureError::TooManyBytes { bytes: SCREENSHOT_BYTES_MAX + 1 }));
}

#[test]
fn no_flipped_byte_panics() {
    let picture = desktop(96, 64, 7, 7);
    for bytes in [jpeg(&picture, 70), progressive_jpeg(&picture), png(&picture), webp(&picture)] {
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 400) {
            let _ = examine(&patched(bytes.clone(), at, &[bytes[at] ^ 0xFF]));
        }
    }
}

/// Repairs the checksum of `IHDR`, so that only its claims are wrong.
fn with_header_checksum(bytes: Vec<u8>) -> Vec<u8> {
    let checksum = bytes[12..29].iter().fold(u32::MAX, |mut sum, &byte| {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
        }
        sum
    });
    patched(bytes, 29, &(!checksum).to_be_bytes())
}
