//! The colors of a district: readable shades computed from one color.
//!
//! The given color keeps its hue; its lightness is moved in OKLCH (Björn Ottosson, 2020), where equal steps look
//! equal, until each token has the contrast it needs on its background. Contrast is WCAG 2.2's: relative luminance
//! L = 0.2126 R + 0.7152 G + 0.0722 B of linear sRGB, ratio (L1 + 0.05) / (L2 + 0.05). Called by `render`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Contrast of text on its background (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
/// Contrast of borders, icons and focus rings (WCAG 2.2, 1.4.11).
pub const UI_CONTRAST: f64 = 3.0;

/// An sRGB color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

impl Color {
    /// White.
    pub const WHITE: Color = Color { r: 255, g: 255, b: 255 };
    /// Nearly black: text on a light shade of the district's color.
    pub const DARK: Color = Color { r: 0x14, g: 0x18, b: 0x1c };

    /// Reads `#rrggbb` or `#rgb`, with or without `#`.
    pub fn parse(text: &str) -> Option<Color> {
        let hex = text.trim();
        let hex = hex.strip_prefix('#').unwrap_or(hex);
        if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let wide = match hex.len() {
            3 => hex.chars().flat_map(|c| [c, c]).collect::<String>(),
            6 => hex.to_owned(),
            _ => return None,
        };
        let part = |i: usize| u8::from_str_radix(wide.get(i..i + 2)?, 16).ok();
        Some(Color { r: part(0)?, g: part(2)?, b: part(4)? })
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance).
    pub fn luminance(self) -> f64 {
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// Contrast ratio with another color, 1 to 21.
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// The grounds that a theme puts text on, as `grounds` in `theme.yaml` says: what is readable there is so on all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// The darkest in light mode.
    pub light: Color,
    /// The lightest in dark mode.
    pub dark: Color,
}

impl Default for Grounds {
    /// What a theme is taken to have that says nothing: some way from white and from black, so that the shades are readable
    /// on the grounds between too.
    fn default() -> Self {
        Grounds { light: Color { r: 0xf3, g: 0xed, b: 0xe3 }, dark: Color { r: 0x1b, g: 0x23, b: 0x28 } }
    }
}

/// The colors of one scheme, each as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// The page's background that the others were made for.
    pub background: String,
    /// Large areas and borders in the district's color: 3:1 on the background.
    pub accent: String,
    /// Links and headings in the district's color: 4.5:1 on the background and on `accent_soft`.
    pub accent_text: String,
    /// A quiet background in the district's color.
    pub accent_soft: String,
    /// Text on `accent`: 4.5:1.
    pub on_accent: String,
    /// The ring around what has the keyboard's focus: 3:1 on the background.
    pub focus: String,
}

/// The colors for light and dark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// On a light background.
    pub light: Scheme,
    /// On a dark background.
    pub dark: Scheme,
}

/// A contrast that the given color itself does not have on the light background, with what is used in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct ContrastShortfall {
    /// What it was to be used for: `buttons`, `links`.
    pub what: &'static str,
    /// The contrast it has, and the one it needs.
    pub has: f64,
    /// The least that is needed there.
    pub needs: f64,
    /// The shade that is used.
    pub used: String,
}

/// Where the color cannot be used as it is. Only light is told: no color can be read on both grounds (what has 4.5:1
/// on the light one has less than 4.5:1 on the dark one), so dark screens get a shade of their own always.
pub fn contrast_shortfalls(color: Color, grounds: Grounds) -> Vec<ContrastShortfall> {
    let light = tokens(color, grounds).light;
    let written = color.to_string();
    let ground = color.contrast(grounds.light);
    // Links stand on the quiet background too.
    let soft = Color::parse(&light.accent_soft).map_or(ground, |soft| color.contrast(soft));
    let uses = [
        ("buttons", ground, UI_CONTRAST, light.accent),
        ("links", ground.min(soft), TEXT_CONTRAST, light.accent_text),
    ];
    let lacking = uses.into_iter().filter(|(_, has, needs, used)| has < needs && *used != written);
    lacking.map(|(what, has, needs, used)| ContrastShortfall { what, has, needs, used }).collect()
}

/// Computes the tokens of a color. Every color gives tokens that keep their contrasts.
pub fn tokens(color: Color, grounds: Grounds) -> Tokens {
    let light = scheme(color, grounds.light, Towards::Dark);
    let dark = scheme(color, grounds.dark, Towards::Light);
    Tokens { light, dark }
}

/// The direction in which lightness is moved.
#[derive(Clone, Copy, PartialEq)]
enum Towards {
    Dark,
    Light,
}

fn scheme(color: Color, background: Color, towards: Towards) -> Scheme {
    let base = Oklch::from(color);
    let soft_lightness = if towards == Towards::Dark { 0.96 } else { 0.29 };
    let soft = Oklch { l: soft_lightness, c: base.c.min(0.035), h: base.h }.color();
    // The accent also carries text: it must be far enough from either white or near-black.
    let accent = nearest(base, towards, |c| c.contrast(background) >= UI_CONTRAST && on(c).is_some());
    let accent_text = nearest(base, towards, |c| {
        c.contrast(background) >= TEXT_CONTRAST && c.contrast(soft) >= TEXT_CONTRAST
    });
    // The ring is seen against the page and the soft background, on links of the same hue: stronger than the least.
    let focus = nearest(base, towards, |c| {
        c.contrast(background) >= TEXT_CONTRAST && c.contrast(soft) >= UI_CONTRAST
    });
    Scheme {
        background: background.to_string(),
        accent: accent.to_string(),
        accent_text: accent_text.to_string(),
        accent_soft: soft.to_string(),
        on_accent: on(accent).unwrap_or(Color::WHITE).to_string(),
        focus: focus.to_string(),
    }
}

/// White or near-black, whichever can be read on `accent`; white first.
fn on(accent: Color) -> Option<Color> {
    [Color::WHITE, Color::DARK].into_iter().find(|c| c.contrast(accent) >= TEXT_CONTRAST)
}

/// The color itself if it is good, else the first good one on the way to dark or light. Black and white, at
/// the ends, satisfy every condition above.
fn nearest(base: Oklch, towards: Towards, good: impl Fn(Color) -> bool) -> Color {
    const STEP: f64 = 0.004;
    let own = base.color();
    if good(own) {
        return own;
    }
    let mut l = base.l;
    loop {
        l += if towards == Towards::Dark { -STEP } else { STEP };
        if l <= 0.0 {
            return Color { r: 0, g: 0, b: 0 };
        }
        if l >= 1.0 {
            return Color::WHITE;
        }
        let color = Oklch { l, ..base }.color();
        if good(color) {
            return color;
        }
    }
}

/// A color as lightness, chroma and hue (radians).
#[derive(Debug, Clone, Copy)]
struct Oklch {
    l: f64,
    c: f64,
    h: f64,
}

/// sRGB byte to linear light.
fn linear(byte: u8) -> f64 {
    let c = f64::from(byte) / 255.0;
    if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

/// Linear light to sRGB, 0 to 255, not yet rounded or cut.
fn encoded(light: f64) -> f64 {
    255.0 * if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

impl From<Color> for Oklch {
    fn from(color: Color) -> Self {
        let (r, g, b) = (linear(color.r), linear(color.g), linear(color.b));
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let bb = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch {
            l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            c: a.hypot(bb),
            h: bb.atan2(a),
        }
    }
}

impl Oklch {
    /// As sRGB; when it lies outside, its chroma is reduced until it fits.
    fn color(self) -> Color {
        let (mut low, mut high) = (0.0, 1.0);
        let whole = self.with_chroma(1.0);
        if fits(whole) {
            return rounded(whole);
        }
        for _ in 0..20 {
            let middle = (low + high) / 2.0;
            if fits(self.with_chroma(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        rounded(self.with_chroma(low))
    }

    fn with_chroma(self, share: f64) -> [f64; 3] {
        let (a, b) = (self.c * share * self.h.cos(), self.c * share * self.h.sin());
        let l = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            encoded(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
            encoded(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
            encoded(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s),
        ]
    }
}

fn fits(rgb: [f64; 3]) -> bool {
    rgb.iter().all(|v| (-0.5..=255.5).contains(v))
}

fn rounded([r, g, b]: [f64; 3]) -> Color {
    let byte = |v: f64| v.round().clamp(0.0, 255.0) as u8;
    Color { r: byte(r), g: byte(g), b: byte(b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(color: Color) {
        let grounds = Grounds::default();
        let t = tokens(color, grounds);
        for (s, background) in [(&t.light, grounds.light), (&t.dark, grounds.dark)] {
            let c = |text: &str| Color::parse(text).unwrap();
            assert!(c(&s.accent).contrast(background) >= UI_CONTRAST, "{color} {s:?}");
            assert!(c(&s.focus).contrast(background) >= UI_CONTRAST, "{color} {s:?}");
            assert!(c(&s.accent_text).contrast(background) >= TEXT_CONTRAST, "{color} {s:?}");
            assert!(c(&s.accent_text).contrast(c(&s.accent_soft)) >= TEXT_CONTRAST, "{color} {s:?}");
            assert!(c(&s.on_accent).contrast(c(&s.accent)) >= TEXT_CONTRAST, "{color} {s:?}");
        }
    }

    #[test]
    fn reads_colors() {
        assert_eq!(Color::parse("#1F6f8b").map(|c| c.to_string()).as_deref(), Some("#1f6f8b"));
        assert_eq!(Color::parse("abc").map(|c| c.to_string()).as_deref(), Some("#aabbcc"));
        for bad in ["", "#", "#12345", "teal", "#gggggg", "rgb(1,2,3)", "#ññ"] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn known_contrasts() {
        let black = Color { r: 0, g: 0, b: 0 };
        assert!((Color::WHITE.contrast(black) - 21.0).abs() < 1e-9);
        // #767676 on white is the well-known border case: 4.54.
        assert!((Color { r: 0x76, g: 0x76, b: 0x76 }.contrast(Color::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn oklch_goes_there_and_back() {
        for text in ["#1f6f8b", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#000000", "#ffffff", "#123456"] {
            let color = Color::parse(text).unwrap();
            assert_eq!(Oklch::from(color).color(), color, "{text}");
        }
    }

    #[test]
    fn hard_colors_are_made_readable() {
        for text in [
            "#ffff00", "#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff", "#777777", "#1f6f8b", "#ff8800",
        ] {
            check(Color::parse(text).unwrap());
        }
    }

    #[test]
    fn what_a_color_lacks() {
        let lacks = |text: &str| {
            contrast_shortfalls(Color::parse(text).unwrap(), Grounds::default())
                .into_iter()
                .map(|l| l.what)
                .collect::<Vec<_>>()
        };
        assert_eq!(lacks("#1f6f8b"), [""; 0]);
        assert_eq!(lacks("#000000"), [""; 0]);
        assert_eq!(lacks("#3a8fb0"), ["links"]);
        assert_eq!(lacks("#ffff00"), ["buttons", "links"]);
    }

    proptest! {
        #[test]
        fn no_color_can_be_read_on_both_grounds(r: u8, g: u8, b: u8) {
            let color = Color { r, g, b };
            let both = color.contrast(Grounds::default().light).min(color.contrast(Grounds::default().dark));
            prop_assert!(both < TEXT_CONTRAST);
        }
    }

    /// The theme's own tokens of one scheme, by name: those of all parts, and the tints that only tiles have.
    fn theme(scheme: usize) -> std::collections::BTreeMap<String, Color> {
        let css = include_str!("../../themes/parent-guide/templates/partials/css/tokens.css");
        let tiles = include_str!("../../themes/parent-guide/templates/partials/css/tiles.css");
        // In tokens.css: 1 light, 2 the half-tone, 3 dark; in tiles.css: 1 light, 2 dark.
        let blocks = [(css, scheme), (tiles, scheme.min(2))].map(|(text, at)| {
            let text: String =
                text.split("{%").map(|part| part.split_once("%}").map_or(part, |(_, rest)| rest)).collect();
            text.split(":root {").nth(at).unwrap().split('}').next().unwrap().to_owned()
        });
        let lines = blocks.iter().flat_map(|block| block.split([';', '\n']));
        let pairs = lines.filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'));
        pairs.filter_map(|(name, value)| Some((name.to_owned(), Color::parse(value)?))).collect()
    }

    /// The grounds that the theme names.
    fn grounds() -> Grounds {
        let path = crate::source::SourcePath::new("theme.yaml").unwrap();
        let text = include_bytes!("../../themes/parent-guide/theme.yaml");
        crate::config::theme::load(&crate::source::Source::new(path, text.to_vec())).value.grounds.unwrap()
    }

    /// Every pair of colors that the theme puts together and that a district's color can change.
    fn pairs(color: Color) {
        for (at, scheme) in [(1, tokens(color, grounds()).light), (3, tokens(color, grounds()).dark)] {
            let theme = theme(at);
            let own = |name: &str| theme[name];
            let [accent, text, soft, on, focus] =
                [&scheme.accent, &scheme.accent_text, &scheme.accent_soft, &scheme.on_accent, &scheme.focus]
                    .map(|c| Color::parse(c).unwrap());
            let half = |a: u8, b: u8| ((u16::from(a) + u16::from(b)) / 2) as u8;
            let paper = own("paper");
            let mixed =
                Color { r: half(soft.r, paper.r), g: half(soft.g, paper.g), b: half(soft.b, paper.b) };
            let grounds = [paper, own("card"), own("sunk")];
            let tints: Vec<Color> =
                theme.iter().filter(|(n, _)| n.ends_with("-bg")).map(|(_, c)| *c).collect();
            assert_eq!((grounds.len(), tints.len()), (3, 7));
            let sees = |a: Color, b: Color, least: f64, what: &str| {
                assert!(
                    a.contrast(b) >= least,
                    "{color}, scheme {at}: {what}: {a} on {b} has {:.2}",
                    a.contrast(b)
                );
            };
            sees(on, accent, TEXT_CONTRAST, "text on a button");
            for ground in grounds.into_iter().chain([soft, mixed]) {
                sees(text, ground, TEXT_CONTRAST, "links");
                sees(own("ink"), ground, TEXT_CONTRAST, "text");
                sees(own("ink-2"), ground, TEXT_CONTRAST, "quiet text");
                sees(focus, ground, UI_CONTRAST, "the focus ring");
            }
            for ground in grounds {
                sees(accent, ground, UI_CONTRAST, "buttons, marks and borders");
            }
            for tint in tints {
                sees(focus, tint, UI_CONTRAST, "the focus ring in a box");
            }
        }
    }

    #[test]
    fn all_pairs_of_the_theme() {
        for text in [
            "#ffff00", "#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff", "#777777", "#1f6f8b", "#ff8800",
        ] {
            pairs(Color::parse(text).unwrap());
        }
    }

    proptest! {
        #[test]
        fn all_pairs_of_the_theme_in_any_color(r: u8, g: u8, b: u8) {
            pairs(Color { r, g, b });
        }
    }

    proptest! {
        #[test]
        fn every_color_is_made_readable(r: u8, g: u8, b: u8) {
            check(Color { r, g, b });
        }
    }
}
