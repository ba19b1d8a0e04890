//! A server that is rude on the level of TCP, as no HTTP library lets one be.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rudeness {
    /// Reads the request and closes without a word.
    Close,
    /// Resets the connection before it has read the request.
    Reset,
    /// Takes the request with a 202 and closes in the middle of the answer's body.
    HalfAnswer,
    /// Takes the request with a 202 and answers with so many bytes.
    Flood(u64),
}

/// At `rude.localhost` on a free port, until dropped.
#[derive(Debug)]
pub struct RudeRemote {
    host: String,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Seen {
    requests: AtomicUsize,
    written: AtomicU64,
}

impl RudeRemote {
    /// # Panics
    /// When no port can be had.
    pub async fn start(rudeness: Rudeness) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = TcpListener::bind(address).await.expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let seen = Arc::new(Seen::default());
        let task = tokio::spawn(serve(listener, rudeness, Arc::clone(&seen)));
        Self { host: format!("rude.localhost:{port}"), seen, task }
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    /// Connections that were made to it and brought something.
    pub fn requests(&self) -> usize {
        self.seen.requests.load(Ordering::SeqCst)
    }

    /// Bytes of answers that were taken off its hands, be it only by the system's buffers.
    pub fn written(&self) -> u64 {
        self.seen.written.load(Ordering::SeqCst)
    }
}

impl Drop for RudeRemote {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, rudeness: Rudeness, seen: Arc<Seen>) {
    while let Ok((stream, _)) = listener.accept().await {
        let seen = Arc::clone(&seen);
        // Whatever ends the conversation is what a rude server wants.
        tokio::spawn(async move { drop(converse(stream, rudeness, &seen).await) });
    }
}

async fn converse(mut stream: TcpStream, rudeness: Rudeness, seen: &Seen) -> std::io::Result<()> {
    let first = stream.read_u8().await?;
    seen.requests.fetch_add(1, Ordering::SeqCst);
    if rudeness == Rudeness::Reset {
        // Closed with something unread, a connection is reset.
        return Ok(());
    }
    read_request(&mut stream, first).await?;
    match rudeness {
        Rudeness::Close | Rudeness::Reset => Ok(()),
        Rudeness::HalfAnswer => stream.write_all(&head(1000)).await,
        Rudeness::Flood(bytes) => {
            stream.write_all(&head(bytes)).await?;
            let chunk = [b' '; 16 * 1024];
            let mut left = bytes;
            while left > 0 {
                let some = usize::try_from(left).unwrap_or(usize::MAX).min(chunk.len());
                let written = stream.write(chunk.get(..some).unwrap_or_default()).await?;
                let written = u64::try_from(written).unwrap_or(0);
                seen.written.fetch_add(written, Ordering::SeqCst);
                left = left.saturating_sub(written);
            }
            Ok(())
        }
    }
}

fn head(length: u64) -> Vec<u8> {
    format!("HTTP/1.1 202 Accepted\r\ncontent-length: {length}\r\n\r\n").into_bytes()
}

/// To the end of its body.
async fn read_request(stream: &mut TcpStream, first: u8) -> std::io::Result<()> {
    let mut head = vec![first];
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.map(drop)
}
