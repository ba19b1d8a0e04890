//! From an upload's bytes to what is stored: decoded and encoded again, so that nothing of
//! the original file is left but its pixels: no place, no camera, no maker, no trailing archive.
//!
//! What has no transparency and didn't come as PNG becomes JPEG, the rest PNG. Of an animation
//! the first frame is kept.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::Invalid;

const JPEG_QUALITY: u8 = 88;
/// Long enough for a hash of 4 by 3 components.
const BLURHASH_SIDE: u32 = 32;

/// An image as it is stored.
#[derive(Debug)]
pub(super) struct Processed {
    pub original: Encoded,
    /// `None` where the original is no larger than a preview.
    pub preview: Option<Encoded>,
    pub blurhash: Option<String>,
}

#[derive(Debug)]
pub(super) struct Encoded {
    pub bytes: Bytes,
    pub width: u32,
    pub height: u32,
    pub media_type: &'static str,
    pub extension: &'static str,
}

/// Takes CPU time: call it where blocking is allowed.
pub(super) fn process(upload: &[u8], max_pixels: u64, preview_side: u32) -> Result<Processed, Invalid> {
    let format = image::guess_format(upload).map_err(|_| Invalid::MediaType)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP) {
        return Err(Invalid::MediaType);
    }
    let image = decode(upload, format, max_pixels)?;
    let opaque = !image.color().has_alpha() && format != ImageFormat::Png;
    let original = encode(&image, opaque)?;
    let large = image.width().max(image.height()) > preview_side;
    let preview = if large {
        let small = image.resize(preview_side, preview_side, FilterType::Triangle);
        Some(encode(&small, opaque)?)
    } else {
        None
    };
    Ok(Processed { original, preview, blurhash: blurhash_of(&image) })
}

/// The header's size is checked before a pixel is decoded: a file of a few kilobytes may
/// claim gigabytes.
fn decode(upload: &[u8], format: ImageFormat, max_pixels: u64) -> Result<DynamicImage, Invalid> {
    const BYTES_PER_PIXEL: u64 = 16;
    let damaged = |_| Invalid::DamagedImage;
    let mut decoder =
        ImageReader::with_format(Cursor::new(upload), format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > max_pixels {
        return Err(Invalid::TooManyPixels(max_pixels));
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(max_pixels.saturating_mul(BYTES_PER_PIXEL));
    decoder.set_limits(limits).map_err(damaged)?;
    // Phones store a sideways picture and say so in metadata, which is not kept.
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn encode(image: &DynamicImage, opaque: bool) -> Result<Encoded, Invalid> {
    let mut bytes = Vec::new();
    let damaged = |_| Invalid::DamagedImage;
    let (width, height) = (image.width(), image.height());
    let (media_type, extension) = if opaque {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        DynamicImage::from(image.to_rgb8()).write_with_encoder(encoder).map_err(damaged)?;
        ("image/jpeg", "jpg")
    } else {
        let plain = if image.color().has_alpha() {
            DynamicImage::from(image.to_rgba8())
        } else {
            DynamicImage::from(image.to_rgb8())
        };
        plain.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(damaged)?;
        ("image/png", "png")
    };
    Ok(Encoded { bytes: bytes.into(), width, height, media_type, extension })
}

fn blurhash_of(image: &DynamicImage) -> Option<String> {
    let small = image.thumbnail(BLURHASH_SIDE, BLURHASH_SIDE).to_rgba8();
    blurhash::encode(4, 3, small.width(), small.height(), small.as_raw()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIXELS: u64 = 1_000_000;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image =
            image::RgbImage::from_fn(800, 400, |x, _| image::Rgb([u8::try_from(x % 256).unwrap(), 0, 64]));
        DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_large_image_gets_a_preview_and_a_blurhash() {
        let done = process(&picture(ImageFormat::Jpeg), PIXELS, 640).unwrap();
        assert_eq!((done.original.width, done.original.height), (800, 400));
        let preview = done.preview.unwrap();
        assert_eq!((preview.width, preview.height, preview.media_type), (640, 320, "image/jpeg"));
        assert!(done.blurhash.unwrap().len() > 10);
    }

    #[test]
    fn each_supported_kind_of_image_is_taken() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            assert!(process(&picture(format), PIXELS, 640).is_ok(), "{format:?}");
        }
    }

    #[test]
    fn what_a_camera_wrote_into_the_file_is_gone_and_the_picture_stands_upright() {
        let mut upload = picture(ImageFormat::Jpeg);
        // An EXIF block with orientation 6 (a quarter turn) and a comment, right after the start.
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"52.0907 N, 5.1214 E");
        let mut block = vec![0xff, 0xe1];
        block.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        block.extend_from_slice(&exif);
        upload.splice(2..2, block);
        upload.extend_from_slice(b"PK\x03\x04 something behind the picture");

        let done = process(&upload, PIXELS, 640).unwrap();
        assert_eq!((done.original.width, done.original.height), (400, 800));
        for secret in [&b"Exif"[..], b"52.0907", b"PK\x03\x04"] {
            assert!(!done.original.bytes.windows(secret.len()).any(|window| window == secret));
        }
    }

    #[test]
    fn a_file_that_claims_more_pixels_than_allowed_is_refused_before_it_is_decoded() {
        let mut bomb = picture(ImageFormat::Png);
        // Width and height in the header, 50,000 each; the checksum of the header follows.
        bomb.splice(16..24, [0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        let crc = crc32(&bomb[12..29]);
        bomb.splice(29..33, crc.to_be_bytes());
        assert_eq!(process(&bomb, PIXELS, 640).unwrap_err(), Invalid::TooManyPixels(PIXELS));
    }

    #[test]
    fn what_is_no_image_or_a_damaged_one_is_refused() {
        assert_eq!(process(b"<svg onload=alert(1)>", PIXELS, 640).unwrap_err(), Invalid::MediaType);
        assert_eq!(process(b"%PDF-1.7", PIXELS, 640).unwrap_err(), Invalid::MediaType);
        assert_eq!(process(b"", PIXELS, 640).unwrap_err(), Invalid::MediaType);
        let whole = picture(ImageFormat::Png);
        assert_eq!(process(&whole[..whole.len() / 2], PIXELS, 640).unwrap_err(), Invalid::DamagedImage);
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    }
}
