//! Makes responses: bytes in memory, files in pieces, and the server's own small pages.
//!
//! A file is read a piece at a time while the client takes it, so that many slow clients cost neither memory nor
//! threads. Nothing of a request is ever repeated in a response, but for the folder a redirect goes to.

use super::range::{self, Part};
use crate::source::OutputPath;
use crate::source::content_type;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use tokio_stream::wrappers::ReceiverStream;

/// What a response depends on besides its bytes.
pub(super) struct Request {
    /// HEAD gets no body.
    pub method: Method,
    /// The `Range` header, if it is to be honoured.
    pub range: Option<String>,
}

impl Request {
    /// Takes what matters from a request.
    pub fn of(method: &Method, headers: &HeaderMap) -> Self {
        // Without a validator to compare, `If-Range` never holds.
        let range = headers.get(header::RANGE).filter(|_| !headers.contains_key(header::IF_RANGE));
        Request { method: method.clone(), range: range.and_then(|r| r.to_str().ok()).map(str::to_owned) }
    }
}

/// A response of the server's own, in plain text.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    response
}

/// A redirect to an address that holds nothing but escaped characters.
pub(super) fn redirect(to: &str) -> Response<Body> {
    match HeaderValue::from_str(to) {
        Ok(to) => {
            let mut response = plain(StatusCode::FOUND, "Moved to the folder's own address.\n");
            response.headers_mut().insert(header::LOCATION, to);
            response
        }
        Err(_) => plain(StatusCode::NOT_FOUND, "Not found.\n"),
    }
}

/// Bytes of the given type; a range of them only with status 200.
pub(super) fn bytes(
    status: StatusCode,
    kind: &'static str,
    bytes: Bytes,
    request: &Request,
) -> Response<Body> {
    let size = bytes.len() as u64;
    let whole = status != StatusCode::OK;
    let (mut response, part) =
        headed(status, kind, size, if whole { None } else { request.range.as_deref() });
    if let Some(part) = part.filter(|_| request.method != Method::HEAD) {
        // In bounds: the part was cut to the size.
        *response.body_mut() = Body::from(bytes.slice(part.start as usize..part.end as usize));
    }
    response
}

/// The type of the content at `path`.
pub(super) fn kind(path: &OutputPath) -> &'static str {
    content_type::of(&path.extension())
}

/// A file, sent in pieces.
pub(super) async fn file(file: PathBuf, kind: &'static str, request: &Request) -> Response<Body> {
    let opened = tokio::task::spawn_blocking(move || {
        // Nothing but a plain file is opened: a pipe would wait for ever.
        let meta = std::fs::metadata(&file)?;
        if !meta.is_file() {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        Ok((std::fs::File::open(&file)?, meta.len()))
    });
    let (file, size) = match opened.await {
        Ok(Ok(opened)) => opened,
        Ok(Err(e)) if e.kind() == io::ErrorKind::NotFound => {
            return plain(StatusCode::NOT_FOUND, "Not found.\n");
        }
        _ => return plain(StatusCode::INTERNAL_SERVER_ERROR, "The file cannot be read.\n"),
    };
    let (mut response, part) = headed(StatusCode::OK, kind, size, request.range.as_deref());
    if let Some(part) = part.filter(|_| request.method != Method::HEAD) {
        *response.body_mut() = pieces(file, part);
    }
    response
}

/// A response without its body yet, and which bytes that is to have.
fn headed(
    status: StatusCode,
    kind: &'static str,
    size: u64,
    range: Option<&str>,
) -> (Response<Body>, Option<Range<u64>>) {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, kind);
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    let part = match range::part(range, size) {
        Part::Whole => 0..size,
        Part::Bytes(part) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            set(
                &mut response,
                header::CONTENT_RANGE,
                &format!("bytes {}-{}/{size}", part.start, part.end - 1),
            );
            part
        }
        Part::Beyond => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{size}"));
            set(&mut response, header::CONTENT_LENGTH, "0");
            return (response, None);
        }
    };
    set(&mut response, header::CONTENT_LENGTH, &(part.end - part.start).to_string());
    (response, Some(part))
}

fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Number of bytes that are read at a time.
const READ_BYTES: u64 = 64 * 1024;

fn pieces(mut file: std::fs::File, part: Range<u64>) -> Body {
    let (sender, receiver) = tokio::sync::mpsc::channel::<io::Result<Bytes>>(2);
    tokio::spawn(async move {
        let mut at = part.start;
        while at < part.end {
            // Waits for the client here, where no thread is held.
            let Ok(permit) = sender.reserve().await else { return };
            let wanted = READ_BYTES.min(part.end - at);
            let read = tokio::task::spawn_blocking(move || {
                let mut piece = vec![0; wanted as usize];
                let done = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut piece));
                (file, done.map(|()| piece))
            });
            let Ok((back, read)) = read.await else { return };
            file = back;
            match read {
                Ok(piece) => permit.send(Ok(piece.into())),
                // It was cut short meanwhile: the client learns that it has not got all.
                Err(e) => return permit.send(Err(e)),
            }
            at += wanted;
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}
