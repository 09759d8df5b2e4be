//! Bytes to characters.
//!
//! UTF-8 is read as it is, UTF-16 by its byte order mark. A text with a few bytes that are not UTF-8 is taken to be
//! Windows-1252, as old news pages are: `0x93` becomes `“`. A text with many is refused, and so is one with NUL bytes.

/// What stands in the way of reading bytes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable {
    pub problem: String,
    pub advice: String,
}

/// A text, and the number of bytes in it that were not UTF-8 and were read as Windows-1252.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub replaced: usize,
}

/// One foreign byte in so many is still a text: French in Windows-1252 has one in thirty, Russian in any old encoding
/// four in five.
const FOREIGN_SHARE: usize = 10;

/// Reads bytes as text. Byte order marks are left out.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    if let Some(problem) = known_binary(&bytes) {
        return Err(problem);
    }
    if let Some(position) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Undecodable {
            problem: format!("not a text: a NUL byte at offset {position}"),
            advice: "name a text file; a document must be saved as plain text first".to_string(),
        });
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, replaced: 0 },
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            windows_1252(error.as_bytes(), offset)?
        }
    };
    Ok(match text.text.strip_prefix('\u{feff}') {
        Some(rest) => Decoded { text: rest.to_string(), ..text },
        None => text,
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded, Undecodable> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if bytes.len().is_multiple_of(2) && !text.contains('\0') => Ok(Decoded { text, replaced: 0 }),
        _ => Err(Undecodable {
            problem: "begins like UTF-16 but is not".to_string(),
            advice: "save it as UTF-8".to_string(),
        }),
    }
}

/// Formats that people take for text.
fn known_binary(bytes: &[u8]) -> Option<Undecodable> {
    let (what, advice) = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => ("a PDF", "convert it first: pdftotext FILE - | geopol build -"),
        [b'P', b'K', 3, 4, ..] => ("a ZIP archive or an office document", "unpack it, or save it as plain text"),
        [0x1f, 0x8b, ..] => ("compressed by gzip", "unpack it first: gzip -dc FILE | geopol build -"),
        _ => return None,
    };
    Some(Undecodable { problem: format!("not a text but {what}"), advice: advice.to_string() })
}

fn windows_1252(bytes: &[u8], first: usize) -> Result<Decoded, Undecodable> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|&byte| character(byte)));
        replaced += chunk.invalid().len();
    }
    if replaced * FOREIGN_SHARE > bytes.len().max(FOREIGN_SHARE * 2) {
        return Err(Undecodable {
            problem: format!(
                "not UTF-8: the first of {replaced} foreign bytes is 0x{:02x} at offset {first}",
                bytes[first]
            ),
            advice: "convert it, for example: iconv -f WINDOWS-1251 -t UTF-8 FILE > NEW".to_string(),
        });
    }
    Ok(Decoded { text, replaced })
}

/// The character of a byte above 0x7f in Windows-1252; the five bytes that it leaves open become U+FFFD.
fn character(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', //
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).unwrap().text
    }

    #[test]
    fn marks_are_left_out() {
        assert_eq!(text("\u{feff}Xi".as_bytes()), "Xi");
        assert_eq!(text(b"\xff\xfeX\0i\0"), "Xi");
        assert_eq!(text(b"\xfe\xff\0X\0i"), "Xi");
    }

    #[test]
    fn old_quotes_are_read() {
        let decoded = decode(b"The minister said: \x93never\x94, and left for Orl\xe9ans.".to_vec()).unwrap();
        assert_eq!(decoded.text, "The minister said: “never”, and left for Orléans.");
        assert_eq!(decoded.replaced, 3);
    }

    #[test]
    fn noise_is_refused_with_its_place() {
        let error = decode(b"abc\0def".to_vec()).unwrap_err();
        assert!(error.problem.contains("offset 3"), "{error:?}");
        let error = decode(b"ab \xcf\xf3\xf2\xe8\xed \xe2\xf1\xf2\xf0\xe5\xf2\xe8\xeb\xf1\xff".to_vec()).unwrap_err();
        assert!(error.problem.contains("offset 3") && error.advice.contains("iconv"), "{error:?}");
        let error = decode(b"%PDF-1.7 ...".to_vec()).unwrap_err();
        assert!(error.problem.contains("PDF"), "{error:?}");
    }
}
