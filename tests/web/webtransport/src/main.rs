//! A WebTransport server for the hosts that are named as arguments. A session at a path that begins with `/refused` is refused
//! (403), every other one is accepted and held until its end.
//!
//! On standard output, a line of JSON each: first the UDP port and the certificate's SHA-256, then every session that is asked for,
//! before it is answered. The end of standard input ends it.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};

use serde_json::json;
use tokio::io::AsyncReadExt;
use wtransport::endpoint::IncomingSession;
use wtransport::error::ConnectionError;
use wtransport::tls::Sha256DigestFmt;
use wtransport::{Endpoint, Identity, ServerConfig};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // Browsers take a certificate by its hash where it is valid for two weeks at most, as this one is.
    let identity = Identity::self_signed(std::env::args().skip(1))?;
    let hash = identity.certificate_chain().as_slice().first().ok_or("the certificate is missing")?.hash();
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let server =
        Endpoint::server(ServerConfig::builder().with_bind_address(here).with_identity(identity).build())?;
    let hash: Vec<u8> = serde_json::from_str(&hash.fmt(Sha256DigestFmt::BytesArray))?;
    say(&json!({ "port": server.local_addr()?.port(), "certificateHash": hash }));
    let accepting = async {
        loop {
            tokio::spawn(answer(server.accept().await));
        }
    };
    let (mut input, mut said) = (tokio::io::stdin(), Vec::new());
    tokio::select! {
        () = accepting => {}
        _ = input.read_to_end(&mut said) => {}
    }
    Ok(())
}

/// Answers one session. One that a browser gives up on its way is no error.
async fn answer(incoming: IncomingSession) -> Result<(), ConnectionError> {
    let asked = incoming.await?;
    say(&json!({ "authority": asked.authority(), "path": asked.path() }));
    if asked.path().starts_with("/refused") {
        asked.forbidden().await;
    } else {
        asked.accept().await?.closed().await;
    }
    Ok(())
}

fn say(words: &serde_json::Value) {
    println!("{words}");
}
