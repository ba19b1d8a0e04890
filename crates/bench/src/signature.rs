//! What one RSA-2048 signature costs on this machine, now: the unit of all that is measured.
//!
//! Machines differ tenfold in how fast they sign, and one machine from minute to minute.
//! A figure is therefore divided by samples taken right before and right after it.

use anyhow::{Context, Result};
use belfry_activitypub::SigningKey;
use belfry_activitypub::key::KeyPair;

use crate::clock;

/// A second or two, so that a moment of somebody else's work does not decide.
const SIGNATURES: u32 = 4_000;
const WARM_UP: u32 = 200;

/// Samples the machine; remembers what it saw.
#[derive(Debug)]
pub struct Unit {
    key: SigningKey,
    /// CPU seconds of one signature, in the order in which they were sampled.
    samples: Vec<f64>,
}

impl Unit {
    pub fn new() -> Result<Self> {
        let pair = KeyPair::rsa_2048().context("making a key")?;
        let key = SigningKey::from_pem("http://127.0.0.1/#main-key", &pair.private_pem)?;
        Ok(Self { key, samples: Vec::new() })
    }

    /// CPU seconds of one signature: a parsed key, used before; one thread.
    pub async fn sample(&mut self) -> Result<f64> {
        let key = self.key.clone();
        let sample = tokio::task::spawn_blocking(move || measure(&key)).await??;
        self.samples.push(sample);
        Ok(sample)
    }

    /// Least and greatest of all samples.
    pub fn spread(&self) -> Option<(f64, f64)> {
        let least = self.samples.iter().copied().min_by(f64::total_cmp)?;
        let greatest = self.samples.iter().copied().max_by(f64::total_cmp)?;
        Some((least, greatest))
    }
}

fn measure(key: &SigningKey) -> Result<f64> {
    // As long as the string that is signed for a request.
    let text = [b'x'; 220];
    for _ in 0..WARM_UP {
        key.sign(&text)?;
    }
    let before = clock::thread_cpu();
    for _ in 0..SIGNATURES {
        key.sign(&text)?;
    }
    Ok((clock::thread_cpu() - before) / f64::from(SIGNATURES))
}
