//! What is taken, and what comes out of it.

use crate::drawn::{desktop, jpeg, png, progressive_jpeg, webp};
use image::{GenericImageView, Rgb, RgbImage};
use muster_media::thumbnail::THUMBNAIL_SIDE_MAX;
use muster_media::{PictureFormat, PictureInfo, decode, examine, inspect};

#[test]
fn every_permitted_kind_is_examined() {
    let picture = desktop(1280, 720, 1, 1);
    let encodings = [
        (PictureFormat::Jpeg, jpeg(&picture, 80)),
        (PictureFormat::Jpeg, progressive_jpeg(&picture)),
        (PictureFormat::Png, png(&picture)),
        (PictureFormat::WebP, webp(&picture)),
    ];
    for (format, bytes) in encodings {
        let info = PictureInfo { format, width: 1280, height: 720 };
        assert_eq!(inspect(&bytes), Ok(info));
        let examined = examine(&bytes).unwrap();
        assert_eq!(examined.info, info);
        let (small_info, small) = decode(&examined.thumbnail_jpeg).unwrap();
        assert_eq!(small_info, PictureInfo { format: PictureFormat::Jpeg, width: 480, height: 270 });
        assert!(mean_difference(&small.to_rgb8(), &picture) < 12, "{format:?}: the thumbnail shows the picture");
    }
}

#[test]
fn a_thumbnail_keeps_the_shape_and_never_grows() {
    for ((width, height), expected) in [
        ((1080, 1920), (270, 480)),
        ((3840, 1080), (480, 135)),
        ((2000, 2), (480, 1)),
        ((300, 200), (300, 200)),
        ((1, 1), (1, 1)),
    ] {
        let picture = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, 90]));
        let info = inspect(&examine(&png(&picture)).unwrap().thumbnail_jpeg).unwrap();
        assert_eq!((info.width, info.height), expected, "of {width} x {height}");
        assert!(info.width <= THUMBNAIL_SIDE_MAX);
    }
}

#[test]
fn transparency_sixteen_bits_and_grey_are_pictures_too() {
    let picture = image::DynamicImage::ImageRgb8(desktop(640, 360, 2, 2));
    for other in
        [picture.to_rgba16().into(), picture.to_rgba8().into(), picture.to_luma8().into(), picture.to_luma16().into()]
    {
        let other: image::DynamicImage = other;
        let mut bytes = std::io::Cursor::new(Vec::new());
        other.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let examined = examine(&bytes.into_inner()).unwrap();
        assert_eq!((examined.info.width, examined.info.height), other.dimensions());
    }
}

#[test]
fn what_a_file_says_beside_its_pixels_does_not_reach_the_thumbnail() {
    let secret = b"C:\\Users\\asha\\..\\..\\etc\\passwd";
    let mut bytes = jpeg(&desktop(640, 360, 3, 3), 80);
    let mut comment = vec![0xFF, 0xFE, 0, secret.len() as u8 + 2];
    comment.extend_from_slice(secret);
    bytes.splice(2..2, comment);
    let thumbnail = examine(&bytes).unwrap().thumbnail_jpeg;
    assert!(!thumbnail.windows(secret.len()).any(|window| window == secret));
}

#[test]
fn bytes_after_the_end_are_ignored() {
    let mut bytes = jpeg(&desktop(320, 200, 4, 4), 80);
    let expected = examine(&bytes).unwrap();
    bytes.extend_from_slice(b"appended by a camera");
    assert_eq!(examine(&bytes), Ok(expected));
}

/// The mean difference of a channel between `small` and `picture`, by sampling.
fn mean_difference(small: &RgbImage, picture: &RgbImage) -> u32 {
    let expected = image::imageops::thumbnail(picture, small.width(), small.height());
    let sum: u32 = small.as_raw().iter().zip(expected.as_raw()).map(|(&a, &b)| u32::from(a.abs_diff(b))).sum();
    sum / u32::try_from(small.as_raw().len()).unwrap()
}
