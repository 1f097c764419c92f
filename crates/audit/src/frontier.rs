//! The growing edge of the tree: everything needed to append a leaf and to name the root.
//!
//! A tree of `n` leaves is a row of complete subtrees, one for each binary one of `n`. Keeping their hashes
//! (at most 64) makes an append cost two hashes on average, whatever the length of the log.

use crate::Error;
use crate::hash::{HASH_BYTES, Hash, empty_root, node_hash};

/// Address of a complete subtree: it covers the leaves `index << level` up to `(index + 1) << level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    /// Height over the leaves; a leaf has level 0.
    pub level: u8,
    /// Position inside the level, from 0.
    pub index: u64,
}

/// A complete subtree with its hash, to be stored once and never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Height over the leaves; a leaf has level 0.
    pub level: u8,
    /// Position inside the level, from 0.
    pub index: u64,
    /// Hash of the subtree.
    pub hash: Hash,
}

/// Compact state of a tree that only grows.
///
/// ```
/// use shirma_audit::{Frontier, leaf_hash, node_hash};
/// let (first, second) = (leaf_hash(b"a"), leaf_hash(b"b"));
/// let mut frontier = Frontier::new();
/// assert_eq!(frontier.append(first).len(), 1);
/// assert_eq!(frontier.append(second).len(), 2); // the leaf and the pair above it
/// assert_eq!(frontier.root(), node_hash(&first, &second));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// Hashes of the complete subtrees from the largest (left) to the smallest (right).
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of leaves, which is also the `seq` of the next one.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf hash. Gives the complete subtrees that came into being, the leaf itself (level 0) first.
    pub fn append(&mut self, leaf: Hash) -> Vec<Node> {
        let merges = self.size.trailing_ones();
        let mut completed = Vec::with_capacity(merges as usize + 1);
        let mut hash = leaf;
        completed.push(Node {
            level: 0,
            index: self.size,
            hash,
        });
        for level in 1..=merges as u8 {
            let left = self.peaks.pop().expect("one peak stands for each one of the size");
            hash = node_hash(&left, &hash);
            completed.push(Node {
                level,
                index: self.size >> level,
                hash,
            });
        }
        self.peaks.push(hash);
        self.size += 1;
        completed
    }

    /// Root of the tree as it is now; for an empty tree the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(&smallest) = peaks.next() else {
            return empty_root();
        };
        peaks.fold(smallest, |right, left| node_hash(left, &right))
    }

    /// Stored form: the size in 8 bytes, big end first, then the hashes from left to right.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        self.peaks.iter().for_each(|peak| bytes.extend_from_slice(&peak.0));
        bytes
    }

    /// Reads the stored form; fails when the number of hashes does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (size, peaks) = bytes.split_first_chunk::<8>().ok_or(Error::DamagedFrontier)?;
        let size = u64::from_be_bytes(*size);
        if peaks.len() != size.count_ones() as usize * HASH_BYTES {
            return Err(Error::DamagedFrontier);
        }
        let peaks = peaks
            .chunks_exact(HASH_BYTES)
            .map(Hash::from_slice)
            .collect::<Result<_, _>>()?;
        Ok(Self { size, peaks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;
    use crate::proof::tests::naive_root;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn root_equals_the_recursive_definition(count in 0u64..300) {
            let leaves: Vec<Hash> = (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            let mut frontier = Frontier::new();
            for leaf in &leaves {
                frontier.append(*leaf);
            }
            prop_assert_eq!(frontier.size(), count);
            prop_assert_eq!(frontier.root(), naive_root(&leaves));
        }

        #[test]
        fn frontier_survives_its_stored_form(count in 0u64..300, cut in 1usize..40) {
            let mut frontier = Frontier::new();
            (0..count).for_each(|n| drop(frontier.append(leaf_hash(&n.to_be_bytes()))));
            let bytes = frontier.to_bytes();
            prop_assert_eq!(Frontier::from_bytes(&bytes), Ok(frontier));
            let shorter = bytes.len().saturating_sub(cut);
            if !cut.is_multiple_of(HASH_BYTES) || shorter < 8 {
                prop_assert_eq!(Frontier::from_bytes(&bytes[..shorter]), Err(Error::DamagedFrontier));
            }
        }
    }

    /// The example tree of the Certificate Transparency reference implementation.
    #[test]
    fn published_example_tree_has_its_published_roots() {
        let leaves: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"@ABC",
            b"PQRSTUVW",
            b"`abcdefghijklmno",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut frontier = Frontier::new();
        for (leaf, root) in leaves.iter().zip(roots) {
            frontier.append(leaf_hash(leaf));
            assert_eq!(frontier.root().to_string(), root);
        }
    }

    #[test]
    fn every_complete_subtree_is_reported_exactly_once() {
        let leaves: Vec<Hash> = (0u64..64).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut frontier = Frontier::new();
        let nodes: Vec<Node> = leaves.iter().flat_map(|leaf| frontier.append(*leaf)).collect();
        assert_eq!(nodes.len(), 64 + 32 + 16 + 8 + 4 + 2 + 1);
        for node in nodes {
            let from = (node.index << node.level) as usize;
            assert_eq!(node.hash, naive_root(&leaves[from..from + (1 << node.level)]));
        }
    }
}
