//! Syllables of Spanish words by the orthographic rule; the rule needs no data.
//!
//! a, e, o are strong, i and u weak; an accent on a weak vowel makes it stand alone; two strong vowels
//! stand apart, any other meeting joins; the u of que, qui, gue, gui is silent unless it carries a diaeresis;
//! an h between vowels blocks nothing; a final y is an i. (Real Academia Española, Ortografía 2010, §§ II.2-3.)

#[derive(Clone, Copy, PartialEq)]
enum Sound {
    Strong,
    Weak,
    Stressed,
}

/// Number of syllables of one Spanish word; at least 1.
pub fn syllables(word: &str) -> usize {
    let mut count = 0;
    let mut previous: Option<Sound> = None;
    // Vowels joined in the syllable at hand: a diphthong may take one more weak vowel, not a strong one.
    let mut has_strong = false;
    let mut chars = word.chars().flat_map(char::to_lowercase).peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let sound = match c {
            'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'à' | 'è' | 'ò' => Some(Sound::Strong),
            'í' | 'ú' => Some(Sound::Stressed),
            'u' if matches!(before, 'q' | 'g')
                && chars.peek().is_some_and(|n| matches!(n, 'e' | 'é' | 'i' | 'í')) =>
            {
                before = c;
                continue;
            }
            'i' | 'u' | 'ü' | 'ï' => Some(Sound::Weak),
            // A final y is a vowel; before a vowel it is a consonant.
            'y' => match chars.peek() {
                None => Some(Sound::Weak),
                Some(n) if "aeiouáéíóúü".contains(*n) => None,
                Some(_) => Some(Sound::Weak),
            },
            // Silent: it neither joins nor parts.
            'h' if previous.is_some() => {
                before = c;
                continue;
            }
            _ => None,
        };
        before = c;
        let Some(sound) = sound else {
            previous = None;
            continue;
        };
        let joins = match (previous, sound) {
            (None, _) => false,
            // Two weak vowels join even under an accent: lin-güís-ti-ca.
            (Some(Sound::Weak), Sound::Stressed) => !has_strong,
            (_, Sound::Stressed) | (Some(Sound::Stressed), _) => false,
            (_, Sound::Strong) => !has_strong,
            (_, Sound::Weak) => true,
        };
        if !joins {
            count += 1;
            has_strong = false;
        }
        has_strong |= sound == Sound::Strong;
        previous = Some(sound);
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn the_vectors_of_the_fact_base() {
        let vectors = "casa 2, niño 2, escuela 3, terapia 3, ocupacional 5, maestro 3, día 2, país 2, bueno 2, aula 2, \
            leer 2, poeta 3, guerra 2, guitarra 3, pingüino 3, queso 2, quien 1, ciudad 2, viuda 2, hoy 1, muy 1, rey 1, \
            búho 2, ahora 3, evaluación 4, educación 4, equipo 3, estudiante 4, reunión 2, aéreo 4, caen 2, averiguáis 4, \
            Uruguay 3, construido 3, héroe 3, tijeras 3, lápiz 2, autorregulación 6, propiocepción 4, sensorial 3, \
            coordinación 5, y 1, cohete 3, vehículo 4, lingüística 4, oír 2, raíz 2, baúl 2, reír 2, río 2";
        for vector in vectors.split(", ") {
            let (word, expected) = vector.trim().split_once(' ').unwrap();
            assert_eq!(syllables(word), expected.parse::<usize>().unwrap(), "{word}");
        }
    }
}
