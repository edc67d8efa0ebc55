//! Who may ask: the checks of `Host` and `Origin` that keep other websites out of the dev server.
//!
//! A page elsewhere can make a browser ask `127.0.0.1`, and by DNS rebinding even read the answer under a name of
//! its own; so only local names, the bound address and names that were allowed by hand are answered.

use axum::http::{HeaderMap, Uri, header};
use std::net::{IpAddr, SocketAddr};

/// Which names are answered.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    bound: IpAddr,
    allowed: Vec<String>,
}

impl Guard {
    /// For a server at `bound`; `allowed` are further host names, without ports.
    pub fn new(bound: SocketAddr, allowed: &[String]) -> Self {
        Guard { bound: bound.ip(), allowed: allowed.iter().map(|name| name.to_ascii_lowercase()).collect() }
    }

    /// Whether the request is for a name of ours. Both the `Host` header and an absolute address count.
    pub fn host(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        host.to_str().is_ok_and(|host| self.name(host))
            && uri.authority().is_none_or(|authority| self.name(authority.as_str()))
    }

    /// Whether a page of ours asks, for what must not be read by others: an `Origin` must be the very host that is
    /// asked or a name of ours, and a browser must not say that the request crosses sites.
    pub fn origin(&self, headers: &HeaderMap) -> bool {
        if headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none") {
            return false;
        }
        let mut origins = headers.get_all(header::ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (None, _) => true,
            (Some(origin), None) => origin.to_str().is_ok_and(|origin| {
                let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
                host.is_some_and(|host| self.name(host))
            }),
            _ => false,
        }
    }

    /// Whether `host`, with or without a port, is a name of ours. The port does not matter: a proxy has its own.
    fn name(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let Some(name) = without_port(&host) else { return false };
        if name == "localhost" || self.allowed.iter().any(|allowed| allowed == name) {
            return true;
        }
        let Ok(ip) = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() else {
            return false;
        };
        // An address cannot be rebound as a name can; when bound to all, every address of the machine is ours.
        ip.is_loopback() || ip == self.bound || self.bound.is_unspecified()
    }
}

/// The name in `name`, `name:80`, `[::1]` or `[::1]:80`; none when it is anything else.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = if host.starts_with('[') {
        let end = host.find(']')?;
        (&host[..=end], &host[end + 1..])
    } else {
        host.find(':').map_or((host, ""), |at| host.split_at(at))
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    let whole = port.is_empty() || (port.starts_with(':') && digits.len() <= 5);
    (whole && digits.bytes().all(|b| b.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn guard(bound: &str) -> Guard {
        Guard::new(bound.parse().unwrap(), &["Preview.example.org".to_owned()])
    }

    fn host(guard: &Guard, name: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(name).unwrap());
        guard.host(&Uri::from_static("/"), &headers)
    }

    #[test]
    fn local_names_only() {
        let local = guard("127.0.0.1:1111");
        for name in [
            "localhost",
            "LOCALHOST:1111",
            "127.0.0.1:80",
            "[::1]:9",
            "[::1]",
            "127.1.2.3",
            "preview.example.org:443",
        ] {
            assert!(host(&local, name), "{name}");
        }
        for name in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil.localhost.example:1111",
            "192.168.1.5",
            "[::2]",
            "[::1",
            "0.0.0.0",
            "localhost:x",
            "localhost:80:80",
            "127.0.0.1.nip.io",
            "127.0.0.1@evil.example",
            "localhost/",
            "user@localhost",
        ] {
            assert!(!host(&local, name), "{name}");
        }
        let everywhere = guard("0.0.0.0:1111");
        assert!(host(&everywhere, "192.168.1.5:1111") && !host(&everywhere, "evil.example"));
        assert!(
            host(&guard("192.168.1.5:1"), "192.168.1.5:1") && !host(&guard("192.168.1.5:1"), "192.168.1.6:1")
        );
        assert!(!local.host(&Uri::from_static("/"), &HeaderMap::new()));
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("localhost"));
        assert!(!local.host(&Uri::from_static("http://evil.example/"), &headers));
        assert!(local.host(&Uri::from_static("http://localhost:1/"), &headers));
        headers.append(header::HOST, HeaderValue::from_static("localhost"));
        assert!(!local.host(&Uri::from_static("/"), &headers), "two of them");
    }

    #[test]
    fn foreign_origins_are_refused() {
        let guard = guard("127.0.0.1:1111");
        let origin = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            guard.origin(&headers)
        };
        assert!(guard.origin(&HeaderMap::new()));
        for value in ["http://localhost:1111", "https://preview.example.org", "http://127.0.0.1"] {
            assert!(origin("origin", value), "{value}");
        }
        for value in
            ["null", "http://evil.example", "file://", "http://localhost.evil.example", "localhost", ""]
        {
            assert!(!origin("origin", value), "{value}");
        }
        assert!(origin("sec-fetch-site", "same-origin") && !origin("sec-fetch-site", "cross-site"));
        assert!(!origin("sec-fetch-site", "same-site"));
    }
}
