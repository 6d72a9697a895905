//! Content codings: which one a client wants (RFC 9110 §12.5.3) and how to compress to it.
//!
//! It does not decide what is worth compressing; callers do, by media type and size.

use std::io::Write;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};

/// The three forms in which a text is kept and sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The bytes as they are.
    Identity,
    /// gzip, understood by everything.
    Gzip,
    /// Brotli, the smallest.
    Brotli,
}

impl Encoding {
    /// The `Content-Encoding` value; none for identity.
    pub fn header(self) -> Option<HeaderValue> {
        match self {
            Encoding::Identity => None,
            Encoding::Gzip => Some(HeaderValue::from_static("gzip")),
            Encoding::Brotli => Some(HeaderValue::from_static("br")),
        }
    }
}

/// Quality per mille for each coding; `None` where the client did not name it.
#[derive(Default)]
struct Wishes {
    brotli: Option<u16>,
    gzip: Option<u16>,
    identity: Option<u16>,
    any: Option<u16>,
}

/// The coding to answer with: highest quality first, brotli before gzip before identity among equals.
///
/// A client that refuses everything we have gets identity: a readable page beats a 406.
pub fn negotiate(headers: &HeaderMap) -> Encoding {
    let mut wishes = Wishes::default();
    for value in headers.get_all(ACCEPT_ENCODING) {
        if let Ok(text) = value.to_str() {
            text.split(',').for_each(|item| wishes.read(item));
        }
    }
    wishes.choose()
}

impl Wishes {
    fn read(&mut self, item: &str) {
        let (name, quality) = match item.split_once(';') {
            Some((name, parameters)) => (name.trim(), quality(parameters)),
            None => (item.trim(), 1000),
        };
        let slot = if name.eq_ignore_ascii_case("br") {
            &mut self.brotli
        } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
            &mut self.gzip
        } else if name.eq_ignore_ascii_case("identity") {
            &mut self.identity
        } else if name == "*" {
            &mut self.any
        } else {
            return;
        };
        *slot = Some(quality);
    }

    fn choose(&self) -> Encoding {
        let brotli = self.brotli.or(self.any).unwrap_or(0);
        let gzip = self.gzip.or(self.any).unwrap_or(0);
        // Unnamed identity is acceptable but asked for by nobody: it loses to any coding that was.
        let identity = self.identity.unwrap_or(0);
        if brotli > 0 && brotli >= gzip && brotli >= identity {
            Encoding::Brotli
        } else if gzip > 0 && gzip >= identity {
            Encoding::Gzip
        } else {
            Encoding::Identity
        }
    }
}

/// `q=0.8` → 800. What cannot be read counts as refusal, so that we never send what we guessed.
fn quality(parameters: &str) -> u16 {
    let Some(weight) = parameters.split(';').find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    }) else {
        return 1000;
    };
    match weight.parse::<f32>() {
        Ok(q) if (0.0..=1.0).contains(&q) => (q * 1000.0) as u16,
        _ => 0,
    }
}

/// gzip at `level` (1 fast … 9 small).
pub fn gzip(bytes: &[u8], level: u32) -> Bytes {
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), flate2::Compression::new(level));
    encoder.write_all(bytes).expect("writing to memory cannot fail");
    encoder.finish().expect("writing to memory cannot fail").into()
}

/// Brotli at `quality` (0 fast … 11 small).
pub fn brotli(bytes: &[u8], quality: i32) -> Bytes {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 20, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)
        .expect("reading from and writing to memory cannot fail");
    packed.into()
}

/// Whether bytes of this media type shrink; pictures and archives do not.
pub fn is_compressible(media_type: Option<&HeaderValue>) -> bool {
    let Some(Ok(text)) = media_type.map(HeaderValue::to_str) else {
        return false;
    };
    let bare = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    bare.starts_with("text/")
        || bare.ends_with("+xml")
        || bare.ends_with("+json")
        || ["application/json", "application/javascript", "application/xml", "application/manifest+json"]
            .contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(values: &[&str]) -> Encoding {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap());
        }
        negotiate(&headers)
    }

    #[test]
    fn the_negotiation_table_holds() {
        use Encoding::{Brotli, Gzip, Identity};
        let table: &[(&[&str], Encoding)] = &[
            (&[], Identity),
            (&[""], Identity),
            (&["gzip, deflate, br"], Brotli),
            (&["gzip, deflate, br, zstd"], Brotli),
            (&["gzip"], Gzip),
            (&["x-gzip"], Gzip),
            (&["GZIP"], Gzip),
            (&["deflate"], Identity),
            (&["identity"], Identity),
            (&["br;q=0, gzip"], Gzip),
            (&["br;q=0.5, gzip;q=0.8"], Gzip),
            (&["br; q=0.8 , gzip ; q=0.8"], Brotli),
            (&["br;q=0.5"], Brotli),
            (&["identity;q=1, br;q=0.5"], Identity),
            (&["identity;q=0, gzip;q=0.1"], Gzip),
            (&["*"], Brotli),
            (&["*;q=0"], Identity),
            (&["br;q=0, *"], Gzip),
            (&["gzip;q=0, *;q=0.4"], Brotli),
            (&["gzip", "br"], Brotli),
            (&["gzip;q=abc"], Identity),
            (&["gzip;q=2"], Identity),
            (&["gzip;q=-1"], Identity),
            (&["gzip;q=NaN"], Identity),
            (&["gzip;level=9;q=0.4, br;q=0.3"], Gzip),
            (&["brotli, gzipped"], Identity),
            (&[",,;;,q=1"], Identity),
        ];
        for (values, expected) in table {
            assert_eq!(chosen(values), *expected, "{values:?}");
        }
    }

    #[test]
    fn what_is_packed_unpacks_to_the_same_bytes() {
        use std::io::Read;
        let text = "演示数据 demonstration ".repeat(500).into_bytes();
        let mut from_gzip = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&text, 6)[..]).read_to_end(&mut from_gzip).unwrap();
        let mut from_brotli = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&text, 5)[..], &mut from_brotli).unwrap();
        assert_eq!((from_gzip, from_brotli), (text.clone(), text));
    }

    #[test]
    fn pictures_and_unknown_types_are_left_alone() {
        let of = |t: &'static str| is_compressible(Some(&HeaderValue::from_static(t)));
        assert!(of("text/html; charset=utf-8") && of("image/svg+xml") && of("application/json"));
        assert!(of("application/atom+xml") && !of("image/png") && !of("application/zip"));
        assert!(!is_compressible(None));
    }
}
