//! Who wrote a document: the author in the properties of PDF and Word files.
//!
//! Office programs write the name of the account into every file. Found here in the plain part of a PDF (the
//! information dictionary and XMP) and in `docProps/core.xml` of DOCX, XLSX and PPTX.

/// The author that a document names; none when there is none, or it cannot be found.
pub fn author(bytes: &[u8]) -> Option<String> {
    let name = if bytes.starts_with(b"%PDF") { pdf(bytes) } else { office(bytes) }?;
    let name = name.trim();
    let anonymous = ["", "user", "admin", "administrator", "unknown", "author", "anonymous", "python-docx"];
    (!anonymous.contains(&name.to_lowercase().as_str())).then(|| name.chars().take(80).collect())
}

fn pdf(bytes: &[u8]) -> Option<String> {
    for at in memchr::memmem::find_iter(bytes, b"/Author") {
        let rest = bytes.get(at + 7..)?;
        let blanks = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let name = match rest.get(blanks) {
            Some(b'(') => literal(&rest[blanks + 1..]),
            Some(b'<') => hexadecimal(&rest[blanks + 1..]),
            _ => None,
        };
        if let Some(name) = name.filter(|n| !n.trim().is_empty()) {
            return Some(name);
        }
    }
    let xmp = memchr::memmem::find(bytes, b"<dc:creator>")?;
    let part = bytes.get(xmp..bytes.len().min(xmp + 2000))?;
    element(&String::from_utf8_lossy(part), "rdf:li")
}

/// A PDF text in brackets, escapes resolved.
fn literal(bytes: &[u8]) -> Option<String> {
    let mut text = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while let Some(&b) = bytes.get(at).filter(|_| text.len() < 400) {
        match b {
            b'\\' => {
                at += 1;
                let octal = bytes.get(at..at + 3).filter(|d| d.iter().all(|b| (b'0'..=b'7').contains(b)));
                if let Some(digits) = octal {
                    text.push(digits.iter().fold(0u8, |n, d| n.wrapping_mul(8).wrapping_add(d - b'0')));
                    at += 2;
                } else if let Some(&b) = bytes.get(at) {
                    text.push(b);
                }
            }
            b'(' => {
                depth += 1;
                text.push(b);
            }
            b')' if depth == 0 => return Some(decode(&text)),
            b')' => {
                depth -= 1;
                text.push(b);
            }
            _ => text.push(b),
        }
        at += 1;
    }
    None
}

fn hexadecimal(bytes: &[u8]) -> Option<String> {
    let end = memchr::memchr(b'>', bytes.get(..bytes.len().min(2000))?)?;
    let digits: Vec<u8> =
        bytes[..end].iter().filter_map(|b| char::from(*b).to_digit(16)).map(|d| d as u8).collect();
    let text: Vec<u8> = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect();
    Some(decode(&text))
}

/// UTF-16 with its mark, UTF-8, or one byte a letter.
fn decode(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units: Vec<u16> = wide.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

/// The author of an Office file: a ZIP with `docProps/core.xml` in it.
fn office(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let name = b"docProps/core.xml";
    // The directory at the end knows the sizes; the entries themselves may not.
    let entry = memchr::memmem::find_iter(bytes, b"PK\x01\x02")
        .find(|at| bytes.get(at + 46..at + 46 + name.len()) == Some(name))?;
    let u16_at = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let u32_at =
        |at: usize| usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok();
    let (method, packed, local) = (u16_at(entry + 10)?, u32_at(entry + 20)?, u32_at(entry + 42)?);
    let data = local.checked_add(30 + u16_at(local.checked_add(26)?)? + u16_at(local.checked_add(28)?)?)?;
    let packed = bytes.get(data..data.checked_add(packed)?)?;
    let xml = match method {
        0 => packed.to_vec(),
        8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, 1 << 20).ok()?,
        _ => return None,
    };
    let xml = String::from_utf8_lossy(&xml);
    element(&xml, "dc:creator")
        .filter(|n| !n.trim().is_empty())
        .or_else(|| element(&xml, "cp:lastModifiedBy"))
}

/// The text of the first element of that name.
fn element(xml: &str, name: &str) -> Option<String> {
    let start = xml.find(&format!("<{name}"))?;
    let inside = &xml[start + xml[start..].find('>')? + 1..];
    let text = &inside[..inside.find("</")?];
    Some(
        text.replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'"),
    )
}
