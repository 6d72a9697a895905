//! A file on disk asked for in every way.

use std::io::Write;

use http::header::{CONTENT_ENCODING, IF_NONE_MATCH, IF_RANGE, RANGE};
use http_body_util::BodyExt;

use super::*;

struct Sample {
    file: tempfile::NamedTempFile,
    bytes: Vec<u8>,
}

const TAG: HeaderValue = HeaderValue::from_static("\"tag\"");
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=60");

fn sample(length: usize) -> Sample {
    let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&bytes).unwrap();
    Sample { file, bytes }
}

impl Sample {
    async fn ask(
        &self,
        media_type: &str,
        method: Method,
        asked: &[(http::HeaderName, &str)],
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = asked.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        let answer = FileAnswer {
            path: self.file.path(),
            name: "附件.pdf",
            media_type,
            etag: &TAG,
            cache_control: &KEPT,
        };
        let (parts, body) = answer.answer(&method, &request).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        (parts.status, parts.headers, body)
    }
}

#[tokio::test]
async fn the_whole_file_comes_with_length_tag_and_name() {
    let sample = sample(300_000);
    let (status, headers, body) = sample.ask("application/pdf", Method::GET, &[]).await;
    assert_eq!((status, body == sample.bytes), (StatusCode::OK, true));
    assert_eq!(headers[CONTENT_LENGTH], "300000");
    assert_eq!((&headers[ETAG], &headers[ACCEPT_RANGES]), (&TAG, &"bytes".parse().unwrap()));
    assert!(headers[CONTENT_DISPOSITION].to_str().unwrap().starts_with("inline; filename="));
    assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
    let (status, headers, body) = sample.ask("application/pdf", Method::HEAD, &[]).await;
    assert_eq!((status, body.len()), (StatusCode::OK, 0));
    assert_eq!(headers[CONTENT_LENGTH], "300000");
}

#[tokio::test]
async fn parts_are_sent_as_asked_and_only_of_the_same_file() {
    let sample = sample(300_000);
    let (status, headers, body) =
        sample.ask("application/pdf", Method::GET, &[(RANGE, "bytes=200000-")]).await;
    assert_eq!((status, body == sample.bytes[200_000..]), (StatusCode::PARTIAL_CONTENT, true));
    assert_eq!(headers[CONTENT_RANGE], "bytes 200000-299999/300000");
    assert_eq!(headers[CONTENT_LENGTH], "100000");
    let same = [(RANGE, "bytes=-5"), (IF_RANGE, "\"tag\"")];
    let (status, _, body) = sample.ask("application/pdf", Method::GET, &same).await;
    assert_eq!((status, body == sample.bytes[299_995..]), (StatusCode::PARTIAL_CONTENT, true));
    for other in ["\"other\"", "W/\"tag\"", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        let asked = [(RANGE, "bytes=-5"), (IF_RANGE, other)];
        let (status, _, body) = sample.ask("application/pdf", Method::GET, &asked).await;
        assert_eq!((status, body.len()), (StatusCode::OK, 300_000), "{other}");
    }
    let (status, headers, body) =
        sample.ask("application/pdf", Method::GET, &[(RANGE, "bytes=300000-")]).await;
    assert_eq!((status, body.len()), (StatusCode::RANGE_NOT_SATISFIABLE, 0));
    assert_eq!(headers[CONTENT_RANGE], "bytes */300000");
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    let sample = sample(10);
    let asked = [(IF_NONE_MATCH, "\"x\", \"tag\""), (RANGE, "bytes=0-1")];
    let (status, headers, body) = sample.ask("application/pdf", Method::GET, &asked).await;
    assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!((&headers[ETAG], &headers[CACHE_CONTROL]), (&TAG, &KEPT));
}

#[tokio::test]
async fn what_could_run_script_is_downloaded_under_another_type_and_sandboxed() {
    let sample = sample(10);
    for active in ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "TEXT/HTML"] {
        let (_, headers, _) = sample.ask(active, Method::GET, &[]).await;
        assert_eq!(headers[CONTENT_TYPE], "application/octet-stream", "{active}");
        assert!(headers[CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
        assert!(headers[CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("sandbox"));
        assert!(headers.get(CONTENT_ENCODING).is_none());
    }
    let (_, headers, _) = sample.ask("application/msword", Method::GET, &[]).await;
    assert_eq!(headers[CONTENT_TYPE], "application/msword");
    assert!(headers[CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    let (_, headers, _) = sample.ask("bad\r\ntype", Method::GET, &[]).await;
    assert_eq!(headers[CONTENT_TYPE], "application/octet-stream");
}

#[tokio::test]
async fn a_missing_file_and_a_folder_are_errors_and_an_empty_file_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    for path in [folder.path(), missing.as_path()] {
        let answer =
            FileAnswer { path, name: "a", media_type: "text/plain", etag: &TAG, cache_control: &KEPT };
        assert!(answer.answer(&Method::GET, &HeaderMap::new()).await.is_err());
    }
    let (status, headers, body) = sample(0).ask("text/plain", Method::GET, &[]).await;
    assert_eq!((status, body.len()), (StatusCode::OK, 0));
    assert_eq!(headers[CONTENT_LENGTH], "0");
}

#[tokio::test]
async fn a_file_that_became_shorter_breaks_the_answer_instead_of_ending_it() {
    let sample = sample(300_000);
    let answer = FileAnswer {
        path: sample.file.path(),
        name: "a",
        media_type: "text/plain",
        etag: &TAG,
        cache_control: &KEPT,
    };
    let response = answer.answer(&Method::GET, &HeaderMap::new()).await.unwrap();
    sample.file.as_file().set_len(1000).unwrap();
    assert!(response.into_body().collect().await.is_err());
}
