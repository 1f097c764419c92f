//! Where random bytes come from. Everything that draws takes the source as an argument.

use crate::Error;

/// A source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the whole slice, or fails without having promised anything.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error>;
}

/// The generator of the operating system: the only source outside tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place where random bytes enter the program"
        )]
        getrandom::fill(bytes).map_err(|_| Error::EntropyUnavailable)
    }
}

/// Repeatable bytes from a seed: for tests only, no protection at all.
#[cfg(any(test, feature = "testing"))]
#[derive(Debug, Default)]
pub struct SeededEntropy {
    seed: u64,
    drawn: std::sync::atomic::AtomicU64,
}

#[cfg(any(test, feature = "testing"))]
impl SeededEntropy {
    /// The same seed gives the same bytes in the same order of calls.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }
}

#[cfg(any(test, feature = "testing"))]
impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        for chunk in bytes.chunks_mut(32) {
            let number = self.drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let mut block = self.seed.to_be_bytes().to_vec();
            block.extend_from_slice(&number.to_be_bytes());
            chunk.copy_from_slice(&crate::mac::sha256(&block)[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(source: &dyn Entropy) -> [u8; 40] {
        let mut bytes = [0; 40];
        source.fill(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn system_never_repeats_itself() {
        assert_ne!(draw(&SystemEntropy), draw(&SystemEntropy));
    }

    #[test]
    fn seed_repeats_the_sequence_but_not_the_bytes() {
        let (first, second) = (SeededEntropy::new(1), SeededEntropy::new(1));
        let start = draw(&first);
        assert_eq!(start, draw(&second));
        assert_ne!(start, draw(&first));
        assert_ne!(start, draw(&SeededEntropy::new(2)));
    }
}
