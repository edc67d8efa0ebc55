//! Answers requests: the guard first, then the server's own addresses under `/__guidepost/`, then the host's pages.

use super::address;
use super::guard::Guard;
use super::host::{Host, Problem, Reply};
use super::inject::{Tag, inject};
use super::live::{Live, News};
use super::respond::{self, Request};
use crate::source::OutputPath;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{self, HeaderValue, Method, Response, StatusCode, header};
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio_stream::wrappers::ReceiverStream;

/// What all requests share.
#[derive(Clone)]
pub(super) struct Site {
    pub host: Arc<dyn Host>,
    pub live: Live,
    pub guard: Arc<Guard>,
    /// How many calls of the host may run at once: the rest wait without a thread.
    pub turns: Arc<Semaphore>,
    /// Becomes true when the server ends.
    pub stop: watch::Receiver<bool>,
}

/// The script that every page gets.
const SCRIPT: &str = include_str!("live.js");
/// Time without news after which a stream sends a comment: proxies keep it open, and a client that is gone is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

const OWN_NOT_FOUND: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n<title>Not found</title>\n<body>\n<h1>Not found</h1>\n\
    <p>There is no page at this address. It will appear here as soon as there is one.</p>\n</body>\n</html>\n";

/// Answers one request.
pub(super) async fn answer(State(site): State<Site>, request: http::Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    // A body that nobody asked for is not read.
    drop(body);
    let mut response = if !site.guard.host(&head.uri, &head.headers) {
        respond::plain(
            StatusCode::FORBIDDEN,
            "This preview answers only under the name of this computer. Use the address that guidepost serve printed.\n",
        )
    } else if head.method != Method::GET && head.method != Method::HEAD {
        let mut response =
            respond::plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        response
    } else {
        let request = Request::of(&head.method, &head.headers);
        match head.uri.path().strip_prefix("/__guidepost/") {
            Some("live.js") => {
                let kind = crate::source::content_type::of("js");
                respond::bytes(StatusCode::OK, kind, Bytes::from_static(SCRIPT.as_bytes()), &request)
            }
            Some("events" | "state") if !site.guard.origin(&head.headers) => {
                respond::plain(StatusCode::FORBIDDEN, "Only pages of this preview may ask.\n")
            }
            Some("events") => events(&site, &request),
            Some("state") => state(&site, head.uri.query().unwrap_or_default(), &request).await,
            Some(_) => respond::plain(StatusCode::NOT_FOUND, "Not found.\n"),
            None => page(&site, &head.uri, &request).await,
        }
    };
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Asks the host on a thread that may wait; none when it panicked or the server ends.
async fn ask<T: Send + 'static>(
    site: &Site,
    question: impl FnOnce(&dyn Host) -> T + Send + 'static,
) -> Option<T> {
    let turn = site.turns.clone().acquire_owned().await.ok()?;
    let host = site.host.clone();
    tokio::task::spawn_blocking(move || {
        let answer = question(&*host);
        drop(turn);
        answer
    })
    .await
    .ok()
}

async fn page(site: &Site, uri: &http::Uri, request: &Request) -> Response<Body> {
    let Some(address) = address::read(uri.path()) else {
        return respond::plain(StatusCode::BAD_REQUEST, "This is not an address of a page.\n");
    };
    // Before the page is made: it may be newer than it says, never older.
    let version = site.live.version();
    let tag = |page| Tag { up: &address.up, epoch: site.live.epoch(), version, page };
    let html = |bytes: &[u8], page| Bytes::from(inject(bytes, tag(page)));
    let kind = respond::kind(&address.path);
    let path = address.path.clone();
    let as_folder = (!address.folder).then(|| OutputPath::new(&format!("{path}/index.html")).ok()).flatten();
    let answer = ask(site, move |host| {
        let reply = host.get(&path);
        match (&reply, as_folder) {
            (Reply::NotFound(_), Some(folder)) if !matches!(host.get(&folder), Reply::NotFound(_)) => None,
            _ => Some(reply),
        }
    });
    const HTML: &str = "text/html; charset=utf-8";
    match answer.await {
        Some(Some(Reply::Bytes(bytes))) if kind == HTML => {
            respond::bytes(StatusCode::OK, kind, html(&bytes, Some(&address.path)), request)
        }
        Some(Some(Reply::Bytes(bytes))) => {
            respond::bytes(StatusCode::OK, kind, Bytes::from_owner(bytes), request)
        }
        Some(Some(Reply::File(file))) => respond::file(file, kind, request).await,
        Some(Some(Reply::NotFound(own))) => {
            let own = own.unwrap_or_else(|| OWN_NOT_FOUND.as_bytes().into());
            respond::bytes(StatusCode::NOT_FOUND, HTML, html(&own, None), request)
        }
        Some(Some(Reply::Failed(why))) => {
            respond::bytes(StatusCode::INTERNAL_SERVER_ERROR, HTML, html(&why, None), request)
        }
        // There is a folder of that name: relative links on its page need the slash.
        Some(None) => respond::redirect(&address::folder_of(&address.path, uri.query())),
        None => respond::plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made.\n"),
    }
}

#[derive(Serialize)]
struct StateReply<'a> {
    epoch: &'a str,
    version: u64,
    news: Vec<News>,
    problems: Vec<Problem>,
}

/// What a page has missed, and all problems.
async fn state(site: &Site, query: &str, request: &Request) -> Response<Body> {
    let field = |name: &str| {
        let mut fields = query.split('&').filter_map(|field| field.split_once('='));
        fields.find(|(n, _)| *n == name).map_or("", |(_, value)| value)
    };
    let (version, news) = site.live.since(field("epoch"), field("since").parse().unwrap_or(u64::MAX));
    let Some(problems) = ask(site, |host| host.problems()).await else {
        return respond::plain(StatusCode::INTERNAL_SERVER_ERROR, "The problems could not be listed.\n");
    };
    match serde_json::to_vec(&StateReply { epoch: site.live.epoch(), version, news, problems }) {
        Ok(json) => {
            respond::bytes(StatusCode::OK, crate::source::content_type::of("json"), json.into(), request)
        }
        Err(_) => respond::plain(StatusCode::INTERNAL_SERVER_ERROR, "The problems could not be listed.\n"),
    }
}

/// The stream that says how many changes there were: `data: <epoch>:<version>`.
fn events(site: &Site, request: &Request) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    // Proxies that gather answers before they pass them on are told not to.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    if request.method == Method::HEAD {
        return response;
    }
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes, Infallible>>(4);
    let (mut version, mut stop, epoch) =
        (site.live.follow(), site.stop.clone(), site.live.epoch().to_owned());
    tokio::spawn(async move {
        let mut text = "retry: 500\n".to_owned();
        while !*stop.borrow() {
            text.push_str(&format!("data: {epoch}:{}\n\n", *version.borrow_and_update()));
            loop {
                if sender.send(Ok(std::mem::take(&mut text).into())).await.is_err() {
                    return;
                }
                tokio::select! {
                    // Changes that come while a client is slow are one: only the number is sent.
                    changed = version.changed() => if changed.is_err() { return } else { break },
                    _ = stop.changed() => return,
                    () = sender.closed() => return,
                    () = tokio::time::sleep(KEEP_ALIVE) => text.push_str(":\n\n"),
                }
            }
        }
    });
    *response.body_mut() = Body::from_stream(ReceiverStream::new(receiver));
    response
}
