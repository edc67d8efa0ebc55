//! What was typed is what templates show, in every form; what would be lost is told at its place.

use super::*;
use crate::source::LineIndex;

/// The value as templates print it, and the problems: line, column, message.
fn read_bytes(name: &str, bytes: &[u8]) -> (Option<String>, Vec<(usize, usize, String)>) {
    let path = SourcePath::new(&format!("data/{name}")).unwrap();
    let mut diagnostics = Vec::new();
    let data = read(&Source::new(path, bytes.to_vec()), &mut diagnostics);
    let lines = LineIndex::new(bytes);
    let place = |d: &Diagnostic| lines.position(d.span.start as usize);
    let told = diagnostics.iter().map(|d| (place(d).line, place(d).column, d.message.clone()));
    (data.map(|d| d.value.to_string()), told.collect())
}

fn shown(name: &str, text: &str) -> String {
    let (value, told) = read_bytes(name, text.as_bytes());
    assert_eq!(told, [], "{text}");
    value.unwrap()
}

/// The places of what is told, and the words of the first.
fn told(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<(usize, usize)>, String) {
    let (_, told) = read_bytes(name, bytes.as_ref());
    let first = told.first().map(|(.., message)| message.clone()).unwrap_or_default();
    (told.into_iter().map(|(line, column, _)| (line, column)).collect(), first)
}

#[test]
fn scalars_stay_as_typed() {
    for typed in [
        "+15550100",
        "1.10",
        "1e3",
        "1E3",
        "0x1F",
        "0o17",
        "007",
        "-0",
        "1_000",
        ".5",
        "5.",
        "1.0.2",
        "2026-11-30",
        "12:30",
        "no",
        "yes",
        "on",
        "off",
        "Off",
        "555-0101",
        "99999999999999999999",
        "1.00000000000000000001",
        ".inf",
        "NaN",
        "1,5",
        "--1",
    ] {
        assert_eq!(
            shown("a.yaml", &format!("- v: {typed}\n")),
            format!("[{{\"v\": \"{typed}\"}}]"),
            "{typed}"
        );
    }
    for typed in ["0", "7", "-12", "1.5", "15550100", "true", "false"] {
        assert_eq!(shown("a.yaml", &format!("- v: {typed}\n")), format!("[{{\"v\": {typed}}}]"), "{typed}");
    }
    assert_eq!(
        shown("a.yaml", "b: True\nc: FALSE\nz: '007'\na: \"1\"\n"),
        "{\"b\": true, \"c\": false, \"z\": \"007\", \"a\": \"1\"}"
    );
    assert_eq!(
        shown("a.json", "{\"b\": 1.10, \"a\": [1e3, -0, 7, 2.5, 12345678901234567890123], \"n\": null}"),
        "{\"b\": \"1.10\", \"a\": [\"1e3\", \"-0\", 7, 2.5, \"12345678901234567890123\"], \"n\": }"
    );
}

#[test]
fn json_keeps_its_order_and_tells_what_stands_twice() {
    assert_eq!(
        shown("a.json", " {\"z\": \"\\u00e9\\n\", \"a\": {\"y\": true, \"b\": []}} \n"),
        "{\"z\": \"é\\n\", \"a\": {\"y\": true, \"b\": []}}"
    );
    assert_eq!(told("a.json", "{\"a\": 1,\n \"b\": 2, \"a\": 3}").0, [(2, 15)]);
    assert_eq!(told("a.json", "\u{feff}{\"ñ\": 1,}").0, [(1, 9)]);
    assert_eq!(told("a.json", "").0, [(1, 1)]);
    let deep = "[".repeat(100_000);
    assert_eq!(told("a.json", &deep).0.len(), 1);
}

#[test]
fn yaml_faults_stand_at_their_place() {
    assert_eq!(told("a.yaml", "\u{feff}año: niño\nb: [1\n").0[0].0, 2);
    assert_eq!(told("a.yaml", "\u{feff}- ñandú: uno\n  ñandú: dos\n").0, [(2, 3)]);
    assert_eq!(told("a.yaml", "مدرسة: [نعم\n").0[0].0, 1);
    assert_eq!(told("a.yaml", "a: x\nroom: Room #4\n").0, [(2, 7)]);
    assert_eq!(shown("empty.yaml", ""), "");
    let long: String = (0..60_000).map(|i| format!("- name {i}\n")).collect();
    assert!(long.len() > crate::config::yaml::MAX_BYTES && shown("long.yaml", &long).len() > long.len());
}

#[test]
fn tables_of_every_kind_are_one() {
    let rows = "[{\"name\": \"Oak, North\", \"phone\": \"007\"}, {\"name\": \"Elm\", \"phone\": \"\"}]";
    for text in [
        "name,phone\n\"Oak, North\",007\nElm,\n",
        "name;phone\nOak, North;007\nElm;\n",
        "name\tphone\nOak, North\t007\nElm\t\n",
        "name|phone\nOak, North|007\nElm|\n",
        "name,phone\r\n\"Oak, North\",007\r\nElm,\r\n",
        "name,phone\r\"Oak, North\",007\rElm,\r",
        "\u{feff}name,phone\n\"Oak, North\",007\nElm,",
        "sep=;\r\nname;phone\r\nOak, North;007\r\nElm;\r\n",
        "name,phone,,\n\"Oak, North\",007,,\nElm,,,\n,,,\n\n , ,\n",
        "\n,\nname,phone\n\n\"Oak, North\",007\nElm,\n",
    ] {
        assert_eq!(shown("s.csv", text), rows, "{text:?}");
    }
    assert_eq!(shown("s.tsv", "name\tphone\nOak, North\t007\nElm\t\n"), rows);
    assert_eq!(shown("s.csv", "name\nOak\nElm\n"), "[{\"name\": \"Oak\"}, {\"name\": \"Elm\"}]");
    assert_eq!(
        shown("s.csv", "a;b\n1,5;2\n3,5;4\n"),
        "[{\"a\": \"1,5\", \"b\": \"2\"}, {\"a\": \"3,5\", \"b\": \"4\"}]"
    );
    assert_eq!(
        shown("s.csv", "z,a\n\"x, \"\"y\"\"\nz\",1\n"),
        "[{\"z\": \"x, \\\"y\\\"\\nz\", \"a\": \"1\"}]"
    );
    assert_eq!(shown("s.csv", ""), "[]");
    assert_eq!(shown("s.csv", "a,b\n"), "[]");
}

#[test]
fn what_a_table_would_lose_is_told() {
    assert_eq!(told("s.csv", "name,phone,name\nA,1,B\n").0, [(1, 12)]);
    assert_eq!(told("s.csv", "\u{feff}ñ;\"a;b\";ñ\n1;2;3\n").0, [(1, 9)]);
    assert_eq!(told("s.csv", "name, name\nA,1\n").0, [(1, 6), (1, 6)]);
    let (places, words) = told("s.csv", "name, phone\nA,1\n");
    assert_eq!(places, [(1, 6)]);
    assert!(words.contains("\"phone\""), "{words}");
    assert_eq!(
        read_bytes("s.csv", b"name, phone\nA,1\n").0.unwrap(),
        "[{\"name\": \"A\", \"phone\": \"1\"}]"
    );
    assert_eq!(told("s.csv", "a,b\n1,2,3\nx,y\n4\n").0, [(2, 1), (4, 1)]);
    assert_eq!(told("s.csv", "a,b\r\n\r\n1,2,3\r\n").0, [(3, 1)]);
    assert_eq!(told("s.csv", "a,\n1,x\n").0, [(2, 1)]);
    assert_eq!(told("s.csv", "a,b\n\"x\",1\n\"y,2\n").0, [(3, 1)]);
    assert_eq!(told("s.csv", "a\n\"x").0, [(2, 1)]);
}

#[test]
fn encodings_are_told_with_what_to_do() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for name in ["s.csv", "s.yaml", "s.json"] {
        let marked = [&[0xff, 0xfe][..], &utf16("a,b\n1,2\n")].concat();
        for bytes in [marked, utf16("a,ñ\n1,2\n"), utf16("a,b\n1,2\n")] {
            let (places, words) = told(name, &bytes);
            assert!(places.len() == 1 && words.contains("UTF-16"), "{name}: {words}");
        }
        let (places, words) = told(name, b"a,b\nSe\xf1or,2\n");
        assert!(places == [(2, 3)] && words.contains("Windows-1252"), "{name}: {words}");
    }
}

#[test]
fn names_of_files_that_are_no_data() {
    for (name, part) in [
        ("x.xlsx", "CSV UTF-8"),
        ("X.XLS", "CSV UTF-8"),
        ("x.ods", "CSV UTF-8"),
        ("x.txt", ".csv"),
        ("x.toml", ".yaml"),
        ("x", ".yaml"),
        ("data/x.csv", "data(path=\"x.csv\")"),
    ] {
        assert!(refusal(name).is_some_and(|why| why.contains(part)), "{name}: {:?}", refusal(name));
    }
    for name in ["x.csv", "X.CSV", "deep/x.yml", "x.yaml", "x.json", "x.tsv"] {
        assert_eq!(refusal(name), None);
    }
}
