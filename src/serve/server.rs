//! [`Server`]: binds the port, takes connections, and ends within seconds whatever they do.
//!
//! Two threads of its own carry all connections; the host is asked on others. Limits: connections at once, size and
//! time of a request's head, calls of the host at once.

use super::guard::Guard;
use super::host::Host;
use super::live::Live;
use super::site::{self, Site};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch};

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The name or address to bind; anything but this computer's own can be reached by others.
    pub host: String,
    /// The first port to try; 0 takes any.
    pub port: u16,
    /// Further names under which requests are answered, as a proxy passes them on.
    pub allowed_hosts: Vec<String>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        ServeOptions { host: "127.0.0.1".to_owned(), port: 4400, allowed_hosts: Vec::new() }
    }
}

/// Maximum number of ports that are tried when the first is in use.
const MAX_PORTS: u16 = 20;
/// Maximum number of open connections.
const MAX_CONNECTIONS: usize = 4096;
/// Maximum number of calls of the host that run at once.
const MAX_HOST_CALLS: usize = 16;
/// Maximum time for the head of a request; an idle connection is closed after it.
const MAX_HEAD_TIME: Duration = Duration::from_secs(30);
/// Maximum time that a shutdown waits for answers that are under way.
const MAX_SHUTDOWN_WAIT: Duration = Duration::from_secs(2);

/// A running server. Dropping it ends it.
pub struct Server {
    address: SocketAddr,
    live: Live,
    notices: Vec<String>,
    stop: watch::Sender<bool>,
    runtime: Option<Runtime>,
}

/// Ends a server from another thread.
#[derive(Debug, Clone)]
pub struct Stopper(watch::Sender<bool>);

impl Stopper {
    /// Lets [`Server::wait`] return.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Server {
    /// Binds a port and begins to answer. Fails when the address is not this computer's or no port is free.
    pub fn start(options: &ServeOptions, host: Arc<dyn Host>) -> io::Result<Server> {
        let (listener, notice) = bind(&options.host, options.port)?;
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let mut notices: Vec<String> = notice.into_iter().collect();
        if !address.ip().is_loopback() {
            notices.push("Everyone in your network can see this preview while it runs.".to_owned());
        }
        let started = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let live = Live::new(format!("{:x}x{:x}", started.as_nanos(), std::process::id()));
        let (stop, stopped) = watch::channel(false);
        let site = Site {
            host,
            live: live.clone(),
            guard: Arc::new(Guard::new(address, &options.allowed_hosts)),
            turns: Arc::new(Semaphore::new(MAX_HOST_CALLS)),
            stop: stopped,
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("guidepost-serve")
            .enable_all()
            .build()?;
        {
            let _inside = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener)?;
            runtime.spawn(accept(listener, site));
        }
        Ok(Server { address, live, notices, stop, runtime: Some(runtime) })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open in a browser on this computer.
    pub fn url(&self) -> String {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        format!("http://{}/", SocketAddr::new(ip, self.address.port()))
    }

    /// Tells open pages of changes.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Sentences for the person at the terminal: another port, open to the network.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// A handle that ends the server.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// Waits until a [`Stopper`] is used, then ends the server.
    pub fn wait(mut self) {
        if let Some(runtime) = &self.runtime {
            let mut stopped = self.stop.subscribe();
            // An error would mean that nobody can stop it any more.
            let _ = runtime.block_on(stopped.wait_for(|stop| *stop));
        }
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if let Some(runtime) = self.runtime.take() {
            let closed = async {
                let _ = tokio::time::timeout(MAX_SHUTDOWN_WAIT, self.stop.closed()).await;
            };
            runtime.block_on(closed);
            runtime.shutdown_timeout(Duration::from_millis(500));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// Binds the port, or the next that is free; says so when it is another.
fn bind(host: &str, port: u16) -> io::Result<(TcpListener, Option<String>)> {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let ip = (name, port)
        .to_socket_addrs()?
        .map(|address| address.ip())
        // `localhost` may be either: the older is what most programs mean.
        .min_by_key(|ip| ip.is_ipv6())
        .ok_or_else(|| io::Error::new(io::ErrorKind::AddrNotAvailable, "this name has no address"))?;
    let last = port.saturating_add(MAX_PORTS);
    let tries = (port..=last).chain([0]);
    for next in tries {
        match TcpListener::bind((ip, next)) {
            Ok(listener) => {
                let got = listener.local_addr()?.port();
                let other = port != 0 && got != port;
                let notice =
                    other.then(|| format!("Port {port} is in use by another program; using {got} instead."));
                return Ok((listener, notice));
            }
            Err(e) if e.kind() == io::ErrorKind::AddrInUse && next != 0 => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}

async fn accept(listener: tokio::net::TcpListener, site: Site) {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let router = Router::new().fallback(site::answer).with_state(site.clone());
    let mut stop = site.stop;
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        match accepted {
            Ok((stream, _)) => {
                let (router, stop) = (router.clone(), stop.clone());
                tokio::spawn(async move {
                    serve(stream, router, stop).await;
                    drop(place);
                });
            }
            // Out of descriptors, or a client that gave up: never a reason to end.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Serves one connection until it or the server ends.
async fn serve(stream: TcpStream, router: Router, mut stop: watch::Receiver<bool>) {
    // Small answers at once; where that cannot be set it is only slower.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(MAX_HEAD_TIME)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    let stopped = tokio::select! {
        _ = connection.as_mut() => false,
        _ = stop.wait_for(|stop| *stop) => true,
    };
    if stopped {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// Maximum time that work has to end after Ctrl-C: a template may run for ever.
const MAX_LAST_WORK: Duration = Duration::from_secs(5);

/// Calls `stop` on Ctrl-C, SIGTERM and SIGHUP; the second time, or when it does not help, the process ends at once.
pub fn on_signals(stop: impl Fn() + Send + 'static) -> io::Result<()> {
    let mut first = true;
    let handler = move || {
        if std::mem::take(&mut first) {
            stop();
            std::thread::spawn(|| {
                std::thread::sleep(MAX_LAST_WORK);
                std::process::exit(130);
            });
        } else {
            std::process::exit(130);
        }
    };
    ctrlc::set_handler(handler).map_err(io::Error::other)
}
