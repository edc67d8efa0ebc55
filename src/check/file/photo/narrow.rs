//! Photos made narrower, for screens that show no more.
//!
//! A photo out of a phone has twelve million pixels and four megabytes; a page on a phone shows five hundred pixels across. So
//! JPEGs are also published narrower: turned as they are to be shown, with their color profile, without anything else. The same
//! bytes give the same bytes on every machine: plain arithmetic here, and no special instructions in the two crates.

use super::{Walked, walk};
use crate::source::Format;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::sync::{Mutex, PoisonError};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// How well a narrower photo is drawn, from 1 to 100: above, files grow and nobody sees it.
const QUALITY: u8 = 78;

/// Of photos with more pixels, one at a time is taken apart, whatever the number of threads: it takes three bytes a pixel.
const MANY: usize = 16_000_000;
static ONE_WITH_MANY: Mutex<()> = Mutex::new(());

/// The largest side of a JPEG, in pixels.
const LARGEST_SIDE: usize = 65_535;

/// The photo `bytes` at `width` pixels across, as it is shown; none where that cannot be made: it is no JPEG, is damaged, is not
/// that wide, or has the four inks of a printer.
fn narrowed(bytes: &[u8], width: u32) -> Option<Vec<u8>> {
    if Format::of(bytes) != Some(Format::Jpeg) {
        return None;
    }
    let Walked { turn, fault: None, .. } = walk(Format::Jpeg, bytes) else { return None };
    let options = DecoderOptions::new_safe().set_max_width(LARGEST_SIDE).set_max_height(LARGEST_SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let color = match decoder.input_colorspace()? {
        ColorSpace::Luma => ColorSpace::Luma,
        ColorSpace::YCbCr | ColorSpace::RGB => ColorSpace::RGB,
        _ => return None,
    };
    let info = decoder.info()?;
    let (wide, high) = (usize::from(info.width), usize::from(info.height));
    let _turn = (wide * high > MANY).then(|| ONE_WITH_MANY.lock().unwrap_or_else(PoisonError::into_inner));
    decoder.set_options(options.jpeg_set_out_colorspace(color));
    let pixels = decoder.decode().ok()?;
    let profile = decoder.icc_profile();
    let channels = if color == ColorSpace::Luma { 1 } else { 3 };
    let whole = Pixels { data: pixels, width: wide, height: high, channels };
    if whole.data.len() != wide * high * channels {
        return None;
    }
    let lies = (5..=8).contains(&turn);
    let (across, down) = if lies { (high, wide) } else { (wide, high) };
    let width = usize::try_from(width).ok().filter(|width| (1..across).contains(width))?;
    let height = ((down * width + across / 2) / across).max(1);
    let small = if lies { whole.scaled(height, width) } else { whole.scaled(width, height) };
    written(&small.turned(turn), profile.as_deref())
}

/// The photo `whole`, as it is published, at `width` pixels across; whole where it cannot be made narrower, or would not be smaller.
pub fn at_width(whole: Vec<u8>, width: u32) -> Vec<u8> {
    match narrowed(&whole, width) {
        Some(narrow) if narrow.len() < whole.len() => narrow,
        _ => whole,
    }
}

fn written(picture: &Pixels, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    let color = if picture.channels == 1 { ColorType::Luma } else { ColorType::Rgb };
    let side = |pixels: usize| u16::try_from(pixels).ok();
    encoder.encode(&picture.data, side(picture.width)?, side(picture.height)?, color).ok()?;
    Some(out)
}

/// A picture as rows of pixels, each of as many bytes as it has channels.
struct Pixels {
    data: Vec<u8>,
    width: usize,
    height: usize,
    channels: usize,
}

/// Weights are whole numbers, so that every machine adds them up alike; those of a pixel are this together.
const ONE: i32 = 1 << 14;

impl Pixels {
    /// The picture at another size, each side on its own: first across, then down.
    fn scaled(&self, width: usize, height: usize) -> Pixels {
        let n = self.channels;
        let mut across = vec![0; width * self.height * n];
        let taps = taps(self.width, width);
        for (row, out) in self.data.chunks_exact(self.width * n).zip(across.chunks_exact_mut(width * n)) {
            for (Tap { first, weights }, out) in taps.iter().zip(out.chunks_exact_mut(n)) {
                let mut sums = [0_i32; 3];
                for (weight, pixel) in weights.iter().zip(row[first * n..].chunks_exact(n)) {
                    for (sum, value) in sums.iter_mut().zip(pixel) {
                        *sum += weight * i32::from(*value);
                    }
                }
                for (out, sum) in out.iter_mut().zip(sums) {
                    *out = rounded(sum);
                }
            }
        }
        let line = width * n;
        let mut data = vec![0; line * height];
        let mut sums = vec![0_i32; line];
        for (Tap { first, weights }, out) in
            self::taps(self.height, height).iter().zip(data.chunks_exact_mut(line))
        {
            sums.fill(0);
            for (weight, row) in weights.iter().zip(across[first * line..].chunks_exact(line)) {
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += weight * i32::from(*value);
                }
            }
            for (out, sum) in out.iter_mut().zip(&sums) {
                *out = rounded(*sum);
            }
        }
        Pixels { data, width, height, channels: n }
    }

    /// The picture as EXIF says that it is to be shown, 1 to 8.
    fn turned(self, turn: u16) -> Pixels {
        let (w, h, n) = (self.width, self.height, self.channels);
        let lies = (5..=8).contains(&turn);
        let (width, height) = if lies { (h, w) } else { (w, h) };
        let from = |x: usize, y: usize| match turn {
            2 => (w - 1 - x, y),
            3 => (w - 1 - x, h - 1 - y),
            4 => (x, h - 1 - y),
            5 => (y, x),
            6 => (y, h - 1 - x),
            7 => (w - 1 - y, h - 1 - x),
            8 => (w - 1 - y, x),
            _ => (x, y),
        };
        if turn <= 1 {
            return self;
        }
        let mut data = Vec::with_capacity(self.data.len());
        for y in 0..height {
            for x in 0..width {
                let (x, y) = from(x, y);
                let at = (y * w + x) * n;
                data.extend_from_slice(&self.data[at..at + n]);
            }
        }
        Pixels { data, width, height, channels: n }
    }
}

fn rounded(sum: i32) -> u8 {
    u8::try_from(((sum + ONE / 2) >> 14).clamp(0, 255)).unwrap_or(u8::MAX)
}

/// Of which pixels of a line one of the new line is made, and how much each of them counts.
struct Tap {
    first: usize,
    weights: Vec<i32>,
}

/// The taps of a line of `from` pixels that is to have `to` of them, fewer than before.
fn taps(from: usize, to: usize) -> Vec<Tap> {
    let scale = from as f64 / to as f64;
    let one = |i: usize| {
        let middle = (i as f64 + 0.5) * scale - 0.5;
        let first = (middle - 2.0 * scale).ceil().max(0.0) as usize;
        let last = ((middle + 2.0 * scale).floor() as usize).min(from - 1);
        let shares: Vec<f64> = (first..=last).map(|k| share((k as f64 - middle) / scale)).collect();
        let all: f64 = shares.iter().sum();
        let mut weights: Vec<i32> =
            shares.iter().map(|s| (s / all * f64::from(ONE)).round() as i32).collect();
        // What rounding lost is given to the pixel in the middle: an even ground stays even.
        let lost = ONE - weights.iter().sum::<i32>();
        if let Some(most) = weights.iter_mut().max() {
            *most += lost;
        }
        Tap { first, weights }
    };
    (0..to).map(one).collect()
}

/// How much a pixel counts at this distance: the curve of Catmull and Rom, which keeps edges sharp.
fn share(distance: f64) -> f64 {
    let x = distance.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG with a red left half and a blue right one, and what is put into it.
    fn photo(width: u16, height: u16, more: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
        let row = (0..width).flat_map(|x| if x < width / 2 { [250, 10, 10] } else { [10, 10, 250] });
        let row: Vec<u8> = row.collect();
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, 90);
        more(&mut encoder);
        encoder.encode(&row.repeat(usize::from(height)), width, height, ColorType::Rgb).unwrap();
        out
    }

    fn read(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
        let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
        let pixels = decoder.decode().unwrap();
        let info = decoder.info().unwrap();
        (usize::from(info.width), usize::from(info.height), pixels)
    }

    /// The color at a place, as the strongest of its three lights.
    fn color((width, _, pixels): &(usize, usize, Vec<u8>), x: usize, y: usize) -> char {
        let at = (y * width + x) * 3;
        if pixels[at] > 180 && pixels[at + 2] < 80 {
            'r'
        } else if pixels[at + 2] > 180 && pixels[at] < 80 {
            'b'
        } else {
            '?'
        }
    }

    /// EXIF that says how the picture is turned, and where it was taken.
    fn exif(turn: u8) -> Vec<u8> {
        let mut block = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        block.extend([turn, 0, 0, 0, 0, 0, 0]);
        block.extend(b"where it was taken");
        block
    }

    #[test]
    fn a_photo_is_as_wide_as_asked_and_stands_as_it_is_shown() {
        for (turn, size, left, right, top, bottom) in [
            (1, (60, 40), 'r', 'b', '-', '-'),
            (2, (60, 40), 'b', 'r', '-', '-'),
            (3, (60, 40), 'b', 'r', '-', '-'),
            (4, (60, 40), 'r', 'b', '-', '-'),
            (5, (60, 90), '-', '-', 'r', 'b'),
            (6, (60, 90), '-', '-', 'r', 'b'),
            (7, (60, 90), '-', '-', 'b', 'r'),
            (8, (60, 90), '-', '-', 'b', 'r'),
        ] {
            let made = narrowed(&photo(240, 160, |e| e.add_exif_metadata(&exif(turn)).unwrap()), 60).unwrap();
            let small = read(&made);
            assert_eq!((small.0, small.1), size, "turn {turn}");
            let middle = (size.0 / 2, size.1 / 2);
            for (want, x, y) in [
                (left, 3, middle.1),
                (right, size.0 - 4, middle.1),
                (top, middle.0, 3),
                (bottom, middle.0, size.1 - 4),
            ] {
                assert!(want == '-' || color(&small, x, y) == want, "turn {turn} at {x}, {y}");
            }
            assert!(!made.windows(5).any(|w| w == b"where"), "turn {turn}: data on the photo are left");
        }
    }

    #[test]
    fn an_even_ground_stays_even_and_the_profile_stays() {
        let row = [200_u8, 120, 40].repeat(97 * 61);
        let grey = Pixels { data: row, width: 97, height: 61, channels: 3 };
        for (width, height) in [(96, 60), (50, 31), (7, 5), (1, 1)] {
            assert!(grey.scaled(width, height).data.chunks(3).all(|p| p == [200, 120, 40]), "{width}");
        }
        let profile: Vec<u8> = (0..3000_u32).map(|i| (i * 7) as u8).collect();
        let made = narrowed(&photo(240, 160, |e| e.add_icc_profile(&profile).unwrap()), 60).unwrap();
        let mut decoder = JpegDecoder::new(ZCursor::new(&made[..]));
        decoder.decode_headers().unwrap();
        assert_eq!(decoder.icc_profile(), Some(profile));
    }

    #[test]
    fn what_cannot_be_narrowed_is_left_alone() {
        let whole = photo(240, 160, |_| {});
        assert!(narrowed(&whole, 240).is_none(), "not narrower");
        assert!(narrowed(&whole, 0).is_none());
        assert!(narrowed(b"GIF89a", 60).is_none());
        assert!(narrowed(&whole[..60], 60).is_none(), "cut short");
        let mut inks = Vec::new();
        Encoder::new(&mut inks, 90).encode(&[9; 240 * 160 * 4], 240, 160, ColorType::Cmyk).unwrap();
        assert!(narrowed(&inks, 60).is_none(), "four inks");
        let mut grey = Vec::new();
        Encoder::new(&mut grey, 90).encode(&[90; 240 * 160], 240, 160, ColorType::Luma).unwrap();
        let made = narrowed(&grey, 60).unwrap();
        let mut decoder = JpegDecoder::new(ZCursor::new(&made[..]));
        decoder.decode_headers().unwrap();
        assert_eq!(decoder.input_colorspace(), Some(ColorSpace::Luma), "one light stays one");
    }

    #[test]
    fn broken_photos_stop_nothing() {
        let whole = photo(120, 80, |_| {});
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..4 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = state as usize % bytes.len();
                bytes[at] = (state >> 40) as u8;
            }
            let _ = narrowed(&bytes, 60);
        }
    }
}
